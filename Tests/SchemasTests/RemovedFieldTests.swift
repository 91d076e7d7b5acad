import Schemas
import YAML
import Testing

/// Fields of former releases: told with where their values belong now, and moved where they can be.
@Suite struct RemovedFieldTests {
  struct Example: CustomTestStringConvertible, Sendable {
    let kind: String
    /// The object with the field, as YAML, and the path to it.
    let path: String
    let before: String
    /// What the message has to name.
    let words: String
    /// The object with the value in its new place, nil where that is in another object.
    var after: String?
    var testDescription: String { "\(kind) \(before)" }
  }

  static let examples = [
    Example(
      kind: "AIGatewayRoute", path: "spec", before: "{targetRefs: [{name: gw}]}",
      words: "parentRefs", after: "{parentRefs: [{name: gw}]}"),
    Example(
      kind: "AIGatewayRoute", path: "spec",
      before: "{targetRefs: [{name: gw}], parentRefs: [{name: gw}]}", words: "parentRefs"),
    Example(
      kind: "AIGatewayRoute", path: "spec", before: "{schema: {name: OpenAI}}",
      words: "spec.schema of its AIServiceBackend"),
    Example(
      kind: "AIGatewayRoute", path: "spec", before: "{filterConfig: {type: ExternalProcessor}}",
      words: "spec.extProc of a GatewayConfig"),
    Example(
      kind: "AIServiceBackend", path: "spec", before: "{timeouts: {request: 600s}}",
      words: "rules[].timeouts of the AIGatewayRoutes"),
    Example(
      kind: "AIServiceBackend", path: "spec", before: "{backendSecurityPolicyRef: {name: key}}",
      words: "spec.targetRefs of the BackendSecurityPolicy"),
    Example(
      kind: "ClientTrafficPolicy", path: "spec.targetRef", before: "{namespace: infra}",
      words: "the target's namespace"),
    Example(
      kind: "SecurityPolicy", path: "spec.targetRef", before: "{namespace: infra}",
      words: "the target's namespace"),
    Example(
      kind: "EnvoyExtensionPolicy", path: "spec.targetRef", before: "{namespace: infra}",
      words: "the target's namespace"),
    Example(
      kind: "BackendTLSPolicy", path: "spec", before: "{targetRef: {name: b}}",
      words: "targetRefs", after: "{targetRefs: [{name: b}]}"),
    Example(
      kind: "BackendTLSPolicy", path: "spec", before: "{tls: {hostname: a.b}}",
      words: "validation", after: "{validation: {hostname: a.b}}"),
    Example(
      kind: "SecurityPolicy", path: "spec.authorization.rules.principal",
      before: "{sourceCIDRs: [10.0.0.0/8]}", words: "clientCIDRs",
      after: "{clientCIDRs: [10.0.0.0/8]}"),
    Example(
      kind: "InferencePool", path: "spec", before: "{targetPortNumber: 8000}",
      words: "targetPorts", after: "{targetPorts: [{number: 8000}]}"),
    Example(
      kind: "InferencePool", path: "spec", before: "{extensionRef: {name: epp}}",
      words: "endpointPickerRef", after: "{endpointPickerRef: {name: epp}}"),
    Example(
      kind: "InferencePool", path: "spec.endpointPickerRef", before: "{portNumber: 9002}",
      words: "port with number", after: "{port: {number: 9002}}"),
    Example(
      kind: "InferencePool", path: "spec.selector", before: "{app: vllm}",
      words: "matchLabels", after: "{matchLabels: {app: vllm}}"),
  ]

  private func read(_ yaml: String) throws -> Node {
    try #require(Parser().parse(Array("\(yaml)\n".utf8)).documents.first?.root)
  }

  @Test("a field that moved is told with its new place and goes there", arguments: examples)
  func moved(example: Example) throws {
    let resource = try #require(ResourceKind.find(kind: example.kind))
    let path = Path(example.path.split(separator: ".").map { .key(String($0)) })
    let property = try #require(resource.property(at: path))
    let before = try read(example.before)
    let violation = try #require(property.violations(in: before).first { $0.rule == .former })
    #expect(violation.message.contains(example.words), "\(violation.message)")
    #expect(!violation.message.contains("leave it out"))
    guard let after = example.after else {
      #expect(violation.fix == nil)
      return
    }
    guard case .move(let target, let value) = violation.fix else {
      Issue.record("\(String(describing: violation.fix))")
      return
    }
    var repaired = before
    repaired.remove(at: violation.path)
    repaired.set(value, at: violation.path.parent.appending(target))
    #expect(repaired == (try read(after)))
  }

  @Test("a slip of the hand is told as one where labels stood once")
  func slip() throws {
    let path = Path([.key("spec"), .key("selector")])
    let selector = try #require(ResourceKind.inferencePool.property(at: path))
    let violation = try #require(selector.violations(in: read("{matchlabels: {app: a}}")).first)
    #expect(violation.fix == .rename("matchLabels"))
    let list = try #require(selector.violations(in: read("{matchExpressions: []}")).first)
    #expect(list.rule == .unknown)
  }
}
