import Schemas
import YAML

extension [SchemaViolation] {
  /// What the API server says of an HTTPRoute with these violations, in its words and order: first
  /// what single fields break, then the rules over several (k8s.io/kube-openapi, pkg/validation;
  /// kubernetes-sigs/gateway-api v1.5.1, config/crd/experimental).
  func serverTexts(about object: Node) -> [String] {
    let reported = filter { !$0.hangsOnVariable(in: object) }
    let simple = reported.filter { $0.stage < .conditions && $0.rule != .newer }
    var texts = simple.map { $0.serverText(about: object) }
    guard !simple.contains(where: \.isBlocking) else {
      return texts + [
        "<nil>: Invalid value: null: some validation rules were not checked because the object "
          + "was invalid; correct the existing errors to complete validation"
      ]
    }
    for violation in reported where violation.stage == .conditions {
      let text = violation.serverText(about: object)
      if !texts.contains(text) { texts.append(text) }
    }
    return texts
  }
}

extension SchemaViolation {
  /// Whether it may be gone once variables such as `${NAME}` are replaced.
  fileprivate func hangsOnVariable(in object: Node) -> Bool {
    guard let value = object[path] else { return false }
    switch rule {
    case .fields, .distinct: return value.hasVariables || object[field]?.hasVariables ?? false
    case .type, .pattern, .length, .range, .choice, .count, .duplicate, .required, .unknown,
      .former, .release, .newer, .value:
      return value.text.map(Variable.isIn) ?? false
    }
  }

  /// Whether the server looks at no rule over several fields because of it.
  fileprivate var isBlocking: Bool {
    switch rule {
    case .type, .choice, .required, .unknown, .former, .release: true
    case .count: true
    case .length: path.last == .key("name")
    case .newer, .pattern, .range, .duplicate, .fields, .distinct, .value: false
    }
  }

  fileprivate func serverText(about object: Node) -> String {
    let value = object[path]
    let shown = value?.scalar?.text ?? ""
    let property = ResourceKind.httpRoute.property(at: path)?.resolved
    switch (rule, property?.schema) {
    case (.count, .list(let list)?):
      return "\(path): Too many: \(value?.items.count ?? 0): must have at most "
        + "\(list.maximum ?? 0) items"
    case (.length, .string(let text)?) where shown.isEmpty:
      return "\(path): Invalid value: \"\": \(path) in body should be at least \(text.minimum) "
        + "chars long"
    case (.length, .string(let text)?):
      return "\(path): Too long: may not be more than \(text.maximum ?? 0) bytes"
    case (.range, .integer(let number)?):
      return "\(path): Invalid value: \(shown): \(path) in body should be less than or equal to "
        + "\(number.maximum)"
    case (.pattern, _) where path.last == .key("value"):
      return "\(path): Invalid value: \"\(shown)\": \(path) in body should match "
        + "'^[!-~]+([\\t ]?[!-~]+)*$'"
    case (.fields, _), (.distinct, _), (.value, _):
      return "\(conditionField): Invalid value: \(conditionText ?? message)"
    case _: return "\(path): Invalid value: \(message)"
    }
  }

  /// Where the server puts a rule over several fields: at the list or object that has it.
  private var conditionField: Path { field }

  /// The server's words for the rules that an AIGatewayRoute's HTTPRoute can break.
  private var conditionText: String? {
    switch (field.description, rule) {
    case ("spec.parentRefs", .distinct):
      let isUntold = message.hasSuffix("each a port")
      return "sectionName or port must be \(isUntold ? "specified" : "unique") when parentRefs "
        + "includes 2 or more references to the same parent"
    case ("spec.rules", .value):
      return "While 16 rules and 64 matches per rule are allowed, the total number of matches "
        + "across all rules in a route must be less than 128"
    case (let field, .fields) where field.hasSuffix(".timeouts"):
      return "backendRequest timeout cannot be longer than request timeout"
    case _: return nil
    }
  }
}
