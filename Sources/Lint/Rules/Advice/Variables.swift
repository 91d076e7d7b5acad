import Schemas
import YAML
import Resources

extension Rule {
  static let variables = Rule(
    "placeholder", "variables", .info, "an unsubstituted variable such as ${NAME}",
    why: "Flux and envsubst replace variables before a server sees the text, so values that depend "
      + "on them cannot be checked yet. kubectl sends them unchanged.",
    bad: "request: ${TIMEOUT}", good: "request: 60s",
    reference: Citation.flux("kustomize/kustomizations"),
    traits: .form,
    .document { document, report in
      guard document.hasVariables, let found = document.node.countVariables() else { return }
      report.add(
        "\(found.count == 1 ? "a text holds a variable" : "\(found.count) texts hold variables") "
          + "such as ${NAME}; what depends on \(found.count == 1 ? "it" : "them") is checked only "
          + "after substitution", at: found.first)
    })
}
