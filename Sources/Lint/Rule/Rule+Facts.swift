import Schemas

/// The rules without a check of their own: their findings come from the YAML parser, from the
/// schema of each field, from comments, or from the API server of a cluster.
extension Rule {
  static let brokenSyntax = Rule(
    "yaml.syntax", "broken-yaml", .error, .admission, "text that is not valid YAML",
    why: "kubectl cannot read it either. The other documents of the file are still checked.",
    bad: "metadata: {name: chat", good: "metadata: {name: chat}",
    reference: Citation.kubernetes("staging/src/k8s.io/apimachinery/pkg/util/yaml/decoder.go"),
    .builtIn)

  static let strictReading = Rule(
    "yaml.strict", "ambiguous-yaml", .error, .admission,
    "YAML with a duplicate key, a key that is not a string, or a value that JSON cannot hold",
    why: "Strict decoding refuses it; otherwise it is silently read as something else.",
    bad: "{weight: 1, weight: 2}", good: "{weight: 2}",
    reference: Citation.kubernetes(
      "staging/src/k8s.io/apimachinery/pkg/runtime/serializer/json/json.go"),
    .builtIn)

  package static let serverRefusal = Rule(
    "server.refused", "refused-by-server", .error, .server,
    "an object that the cluster's API server refuses",
    why: "The server checked the object in a strict dry run (check --cluster), by the CRDs, quotas "
      + "and admission policies that are installed there.",
    bad: "metadata: {namespace: nowhere}", good: "metadata: {namespace: team-a}",
    reference: Citation.kubernetes("staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go"),
    .builtIn)

  package static let fieldConflict = Rule(
    "server.conflict", "field-of-another", .warning, .server,
    "a field that another field manager owns in the cluster",
    why: "Server-side apply refuses to change the field unless conflicts are forced.",
    bad: "replicas: 3, written by argocd", good: "leave the field to its manager",
    reference: Citation.kubernetes(
      "staging/src/k8s.io/apimachinery/pkg/util/managedfields/internal/conflict.go"),
    .builtIn)

  /// The finding of comments that suppress nothing: misspelt, without a rule, or no longer needed.
  static let idleSuppression = Rule(
    "comment.ignore", "idle-suppression", .warning, .advice,
    "a comment that is to suppress findings and suppresses none",
    why: "A misspelt rule suppresses nothing. A comment that is no longer needed hides the next "
      + "finding of its rule. Where only some of the files are checked, the finding may be in the "
      + "others.",
    bad: "name: gw # aigw-wizard: ignore L2x", good: "name: gw # aigw-wizard: ignore L21",
    reference: "", .builtIn)

  /// The rule for one kind of schema violation.
  static func fact(_ rule: SchemaViolation.Rule) -> Rule {
    let texts = texts(of: rule)
    return Rule(
      rule.rawValue, rule.slug, rule == .newer ? .warning : .error, .admission, texts.title,
      why: texts.why,
      bad: texts.bad,
      good: texts.good,
      reference: Citation.kubernetes("staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver"),
      repair: repair(of: rule), .builtIn)
  }

  /// Every rule that a finding may name.
  package static let everything: [Rule] =
    [brokenSyntax, strictReading, serverRefusal, fieldConflict, idleSuppression]
    + SchemaViolation.Rule.allCases.map(fact) + all

  private static func repair(of rule: SchemaViolation.Rule) -> Repair {
    switch rule {
    case .choice, .duplicate, .former, .length, .pattern, .required, .type, .unknown: .automatic
    case .release: .confirmed
    case .range, .count, .newer, .fields, .distinct, .value: .none
    }
  }

  private struct Texts {
    let title: String
    let why: String
    let bad: String
    let good: String
  }

  private static func texts(of rule: SchemaViolation.Rule) -> Texts {
    switch rule {
    case .type:
      Texts(
        title: "a value of the wrong type",
        why: "The schema requires a string, number, list or mapping. YAML reads some unquoted "
          + "values as numbers or booleans.",
        bad: "value: 1.0", good: "value: \"1.0\"")
    case .pattern:
      Texts(
        title: "a string that does not match the field's pattern",
        why: "Names, durations, sizes and headers each have their own format.",
        bad: "request: 1.5s", good: "request: 1500ms")
    case .length:
      Texts(
        title: "a string that is empty or too long",
        why: "The schema limits the number of characters.",
        bad: "name: \"\"", good: "name: gw")
    case .range:
      Texts(
        title: "a number out of range", why: "The schema gives a minimum or a maximum.",
        bad: "weight: -1", good: "weight: 0")
    case .choice:
      Texts(
        title: "a value that is not one of the choices", why: "The schema lists the valid values.",
        bad: "type: Regex", good: "type: RegularExpression")
    case .count:
      Texts(
        title: "a list with too few or too many items",
        why: "The schema limits the number of items.",
        bad: "parentRefs: []", good: "parentRefs: [{name: gw}]")
    case .duplicate:
      Texts(
        title: "an item that is listed twice",
        why: "The items of a set, and the keys of a list of type map, must be unique.",
        bad: "remove: [a, a]", good: "remove: [a]")
    case .required:
      Texts(
        title: "a required field that is missing", why: "The field has no default.",
        bad: "backendRefs: [{weight: 1}]", good: "backendRefs: [{name: openai, weight: 1}]")
    case .unknown:
      Texts(
        title: "a field that does not exist",
        why: "Strict decoding refuses the field; otherwise it is dropped silently.",
        bad: "wieght: 1", good: "weight: 1")
    case .former:
      Texts(
        title: "a field that no longer exists",
        why: "The field was removed, and its value belongs elsewhere now. A strict apply refuses "
          + "it; without validation it is dropped silently, and the route attaches to nothing.",
        bad: "spec: {targetRefs: [{name: gw, kind: Gateway, group: gateway.networking.k8s.io}]}",
        good: "spec: {parentRefs: [{name: gw}]}")
    case .release:
      Texts(
        title: "a field that the release does not have yet",
        why: "The CRD of that release does not have the field, so it is refused or dropped.",
        bad: "streamIdleTimeout: 30s, with --for 1.0", good: "--for 1.1, or leave the field out")
    case .newer:
      Texts(
        title: "a field that requires Envoy Gateway 1.9",
        why: "AI Gateway 1.1 works with Envoy Gateway 1.8.1 and later. 1.9 accepts the field; "
          + "1.8.1 refuses it as unknown.",
        bad: "limit: {requests: 100, unit: Hour, fromMetadata: {namespace: a, key: b}}",
        good: "limit: {requests: 100, unit: Hour}")
    case .fields:
      Texts(
        title: "fields that require or exclude each other",
        why: "A validation rule of the CRD says which fields require or exclude each other.",
        bad: "{number: 1, metadata: {namespace: a, key: b}}", good: "{number: 1}")
    case .distinct:
      Texts(
        title: "list entries that must differ and do not",
        why: "A validation rule of the CRD says in which fields list entries must differ.",
        bad:
          "listeners: [{name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: HTTP}]",
        good: "listeners: [{name: a, port: 80, protocol: HTTP}]")
    case .value:
      Texts(
        title: "a value that a validation rule of the CRD refuses",
        why: "Besides type and pattern, some fields have a validation rule for their value.",
        bad: "mergeType: Replace", good: "mergeType: StrategicMerge")
    }
  }
}

extension SchemaViolation.Rule {
  /// `schema-range` for `schema.range`.
  fileprivate var slug: String {
    self == .former ? "removed-field" : rawValue.split(separator: ".").joined(separator: "-")
  }
}
