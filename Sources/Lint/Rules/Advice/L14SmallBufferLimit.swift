import Schemas
import Resources
import YAML

extension Rule {
  static let smallBufferLimit = Rule(
    "L14", "small-buffer-limit", .warning, "a bufferLimit below 1Mi",
    why: "k is 1000, M 1000000 and Mi 1048576 bytes. Requests with an image or a long chat history "
      + "need more than 1Mi, and requests above the limit get 413.",
    bad: "bufferLimit: 50k", good: "bufferLimit: 50Mi",
    reference: Citation.aiGateway("site/docs/getting-started/basic-usage.md"),
    repair: .confirmed,
    .policy { policy, report in
      guard policy.kind == .client, let limit = policy.bufferBytes, limit > 0, limit < 1 << 20
      else { return }
      report.add(
        "bufferLimit is \(limit) bytes, little for AI requests; use 50Mi or so", at: .bufferLimit,
        caution: .guess, fix: "write 50Mi", .set(.bufferLimit, .string("50Mi")))
    })
}
