import Schemas
import YAML
import Resources

extension Report {
  /// Reports the changes of headers that AI Gateway ignores, in the `headerMutation` of the object
  /// at `base`.
  mutating func addIgnoredChanges(_ mutation: Node?, at base: Path) {
    guard let mutation else { return }
    let base = base.appending("headerMutation")
    for (index, header) in mutation.list("set").enumerated() {
      guard let name = header["name"]?.text, Self.isManaged(name) else { continue }
      let path = base.appending(.to("set", index))
      let advice = name.lowercased() == WellKnown.modelHeader ? "; use modelNameOverride" : ""
      add(
        "AI Gateway ignores the change of \(name.quoted)\(advice)", at: path.appending("name"),
        fix: "remove the entry", .remove(path))
    }
    for (index, name) in mutation.list("remove").enumerated() {
      guard let name = name.text, Self.isManaged(name) else { continue }
      let path = base.appending(.to("remove", index))
      add(
        "AI Gateway ignores the removal of \(name.quoted)", at: path, fix: "remove the entry",
        .remove(path))
    }
  }

  private static func isManaged(_ name: String) -> Bool {
    name.hasPrefix(":") || name.lowercased().hasPrefix("x-ai-eg-")
      || name.lowercased() == "x-envoy-original-path"
  }
}
