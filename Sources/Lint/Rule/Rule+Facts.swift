import Schemas

/// The rules that no check of their own stands behind: what the reader of the text and the facts of
/// each field say.
extension Rule {
  static let brokenSyntax = Rule(
    "yaml.syntax", "broken-yaml", .error, .admission, "a text that is no YAML",
    why: "kubectl cannot read it either. The other documents of the file are judged.",
    bad: "metadata: {name: chat", good: "metadata: {name: chat}",
    reference: Upstream.kubernetes("staging/src/k8s.io/apimachinery/pkg/util/yaml/decoder.go"),
    .builtIn)

  static let strictReading = Rule(
    "yaml.strict", "ambiguous-yaml", .error, .admission,
    "YAML that means something else than it says",
    why: "A key that stands twice, a key that is no text or a value that JSON cannot hold is "
      + "refused under strict decoding, or silently read as something else.",
    bad: "{weight: 1, weight: 2}", good: "{weight: 2}",
    reference: Upstream.kubernetes(
      "staging/src/k8s.io/apimachinery/pkg/runtime/serializer/json/json.go"),
    .builtIn)

  package static let serverRefusal = Rule(
    "server.refused", "refused-by-server", .error, .server,
    "an object that the cluster's API server refuses",
    why: "It was asked with a strict dry run (check --cluster) and judges by the CRDs, quotas and "
      + "admission policies that are installed there.",
    bad: "metadata: {namespace: nowhere}", good: "metadata: {namespace: team-a}",
    reference: Upstream.kubernetes("staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go"),
    .builtIn)

  package static let fieldConflict = Rule(
    "server.conflict", "field-of-another", .warning, .server,
    "a field that somebody else wrote in the cluster",
    why: "Server-side apply refuses to change it unless it is told to force conflicts.",
    bad: "replicas: 3, written by argocd", good: "leave the field to its manager",
    reference: Upstream.kubernetes(
      "staging/src/k8s.io/apimachinery/pkg/util/managedfields/internal/conflict.go"),
    .builtIn)

  /// What is said where one fact of a field is broken.
  static func fact(_ rule: SchemaViolation.Rule) -> Rule {
    let texts = texts(of: rule)
    return Rule(
      rule.rawValue, rule.slug, rule == .newer ? .warning : .error, .admission, texts.title,
      why: texts.why,
      bad: texts.bad,
      good: texts.good,
      reference: Upstream.kubernetes("staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver"),
      .builtIn)
  }

  /// Every rule that a finding may name.
  package static let everything: [Rule] =
    [brokenSyntax, strictReading, serverRefusal, fieldConflict]
    + SchemaViolation.Rule.allCases.map(fact) + all

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
        title: "a value of another type",
        why: "The schema says text, number, list or mapping; YAML makes numbers and bools of "
          + "words that are not quoted.",
        bad: "value: 1.0", good: "value: \"1.0\"")
    case .pattern:
      Texts(
        title: "a text that the field's pattern refuses",
        why: "Names, durations, sizes and headers have a format of their own.",
        bad: "request: 1.5s", good: "request: 1500ms")
    case .length:
      Texts(
        title: "a text that is empty or too long",
        why: "The schema bounds how many characters a text may have.",
        bad: "name: \"\"", good: "name: gw")
    case .range:
      Texts(
        title: "a number out of range", why: "The schema bounds the number.",
        bad: "weight: -1", good: "weight: 0")
    case .choice:
      Texts(
        title: "a value that is none of the choices", why: "Only the listed words are known.",
        bad: "type: Regex", good: "type: RegularExpression")
    case .count:
      Texts(
        title: "a list with too few or too many items",
        why: "The schema bounds how many items a list may have.",
        bad: "parentRefs: []", good: "parentRefs: [{name: gw}]")
    case .duplicate:
      Texts(
        title: "an item that is listed twice",
        why: "In lists that are sets or maps every item or key is unique.",
        bad: "remove: [a, a]", good: "remove: [a]")
    case .required:
      Texts(
        title: "a field that is missing", why: "The schema requires it and has no default.",
        bad: "backendRefs: [{weight: 1}]", good: "backendRefs: [{name: openai, weight: 1}]")
    case .unknown:
      Texts(
        title: "a field that does not exist",
        why: "Strict decoding refuses it; without strict decoding it is dropped silently.",
        bad: "wieght: 1", good: "weight: 1")
    case .former:
      Texts(
        title: "a field of a former release",
        why: "The field is gone, and its value belongs elsewhere now. A strict apply refuses it; "
          + "without validation it is dropped silently, and the route attaches to nothing.",
        bad: "spec: {targetRefs: [{name: gw, kind: Gateway, group: gateway.networking.k8s.io}]}",
        good: "spec: {parentRefs: [{name: gw}]}")
    case .release:
      Texts(
        title: "a field that is newer than the release",
        why: "The CRD of that release does not know the field, so it is refused or dropped.",
        bad: "streamIdleTimeout: 30s, judged for 1.0", good: "judge for 1.1, or leave it out")
    case .newer:
      Texts(
        title: "a field of Envoy Gateway 1.9",
        why: "AI Gateway 1.1 works with Envoy Gateway 1.8.1 and later. 1.9 takes the field; 1.8.1 "
          + "refuses it as unknown.",
        bad: "limit: {requests: 100, unit: Hour, fromMetadata: {namespace: a, key: b}}",
        good: "limit: {requests: 100, unit: Hour}")
    case .fields:
      Texts(
        title: "fields that do not go together",
        why: "A rule of the CRD says which of an object's fields need or exclude each other.",
        bad: "{number: 1, metadata: {namespace: a, key: b}}", good: "{number: 1}")
    case .distinct:
      Texts(
        title: "entries that have to differ and do not",
        why: "A rule of the CRD says which fields make the entries of a list unique.",
        bad:
          "listeners: [{name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: HTTP}]",
        good: "listeners: [{name: a, port: 80, protocol: HTTP}]")
    case .value:
      Texts(
        title: "a value that a rule of the CRD refuses",
        why: "Besides type and pattern, some fields have a rule of their own for their value.",
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
