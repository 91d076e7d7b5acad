import Resources
import Schemas
import YAML

extension Rule {
  static let secretInBundle = Rule(
    "L110", "secret-in-bundle", .warning, "a Secret with a real key beside other objects",
    why: "Manifests end up in Git, in reviews and in chats, and the key with them; base64 is no "
      + "encryption. Whoever reads the file can use the key.",
    bad: "a Secret with stringData {apiKey: sk-...} in the file of the route",
    good: "the Secret in a file of its own that Git ignores, or: kubectl create secret generic",
    reference: Citation.aiGateway("examples/basic/openai.yaml"),
    .bundle { bundle, report in
      guard bundle.documents.contains(where: { $0.kind != "Secret" }) else { return }
      for key in bundle.stored("Secret") {
        guard let stored = bundle.stored("Secret", key) else { continue }
        for entry in stored.entries {
          guard let value = entry.value, Credential.isLikely(value) else { continue }
          report.add(
            "Secret \(key.name) holds what looks like a real credential; keep it in a file of its "
              + "own that Git ignores", at: .to(entry.block, entry.key), in: stored.index)
        }
      }
    })
}
