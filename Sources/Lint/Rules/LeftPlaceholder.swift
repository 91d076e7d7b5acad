import Kinds
import Manifest

extension Rule {
  static let leftPlaceholder = Rule(
    "placeholder", .warning, "a placeholder that was not filled in",
    why: "The server takes it for a name, and no object has it.",
    bad: "backendRefs: [{name: \"${BackendNames}\"}]", good: "backendRefs: [{name: openai}]",
    reference: "domain.md 1.1",
    .routeRule { rule, report in
      let refs = rule.traits.contains(.placeholder) ? rule.refs : []
      for (index, ref) in refs.enumerated() where ref.traits.contains(.placeholder) {
        report.add(
          "name \(ref.name.quoted) is a placeholder; write the backend's name",
          at: .to("backendRefs", index, "name"))
      }
      for (place, match) in rule.matches.enumerated() {
        for (index, header) in match.headers.enumerated()
        where !header.isRegex && header.value.hasPrefix("${") {
          report.add(
            "value \(header.value.quoted) is a placeholder; write the model's name",
            at: .to("matches", place, "headers", index, "value"))
        }
      }
    })
}
