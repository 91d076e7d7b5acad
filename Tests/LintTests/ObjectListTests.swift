import Lint
import YAML
import Testing

/// Lists as kubectl 1.36 takes them apart.
@Suite struct ObjectListTests {
  private func errors(_ text: String) -> [String] {
    LintRun(into: [ManifestFile(name: "a", bytes: Array(text.utf8))]).findings
      .filter { $0.finding.severity == .error }
      .map { "\($0.finding.path): \($0.finding.message)" }
  }

  private static let bad =
    "{kind: Backend, apiVersion: gateway.envoyproxy.io/v1alpha1, metadata: {name: a}, "
    + "spec: {endpoints: [{fqdn: {hostname: A_b, port: 1}}]}}"
  private static let hostname = "items[0].spec.endpoints[0].fqdn.hostname: hostname"

  @Test(
    "the objects of a list are judged: of List in each version that is served, and of typed ones",
    arguments: [
      "{apiVersion: v1, kind: List, foo: 1, items: [\(bad)]}",
      "{apiVersion: gateway.networking.k8s.io/v1beta1, kind: List, items: [\(bad)]}",
      "{apiVersion: gateway.envoyproxy.io/v1alpha1, kind: BackendList, items: [\(bad)]}",
      "{apiVersion: gateway.envoyproxy.io/v1alpha1, kind: BackendList, items: [{metadata: "
        + "{name: a}, spec: {endpoints: [{fqdn: {hostname: A_b, port: 1}}]}}]}",
      "{apiVersion: v1, kind: ConfigMapList, items: [\(bad)]}",
    ])
  func judged(text: String) {
    #expect(errors(text).count == 1)
    #expect(errors(text).first?.hasPrefix(Self.hostname) == true, "\(errors(text))")
  }

  @Test(
    "a list that kubectl refuses is refused",
    arguments: [
      ("{apiVersion: v1, kind: List}", "items: items is missing"),
      ("{apiVersion: v1, kind: List, items: []}", "items: items is empty"),
      ("{apiVersion: v1, kind: List, items: {}}", "items: items has to be a list"),
      ("{kind: List, items: [\(bad)]}", "apiVersion: apiVersion is missing; write v1"),
      ("{apiVersion: v1beta1, kind: List, items: [\(bad)]}", "apiVersion: kind List of"),
      ("{apiVersion: foo/v9, kind: List, items: [\(bad)]}", "apiVersion: kind List of"),
      (
        "{apiVersion: gateway.envoyproxy.io/v1, kind: List, items: [\(bad)]}",
        "apiVersion: kind List of"
      ),
      (
        "{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: List, items: [\(bad)]}]}",
        "items[0].kind: a List is nested in a List"
      ),
      ("{apiVersion: v1, kind: List, items: [null]}", "items[0]: the document is not an object"),
      ("{apiVersion: gateway.envoyproxy.io/v1alpha1, kind: FooList, items: []}", "kind: kind \"F"),
    ])
  func refused(text: String, error: String) {
    #expect(errors(text).count == 1, "\(errors(text))")
    #expect(errors(text).first?.hasPrefix(error) == true, "\(errors(text))")
  }

  @Test("a group that is known has no other kinds, in no other versions")
  func kinds() {
    func said(_ apiVersion: String, _ kind: String) -> [String] {
      errors("{apiVersion: \(apiVersion), kind: \(kind), metadata: {name: a}}")
    }
    #expect(
      said("gateway.envoyproxy.io/v1alpha1", "a b").first?
        .hasPrefix("kind: kind \"a b\" does not exist in gateway.envoyproxy.io; use ") == true)
    #expect(
      said("gateway.networking.k8s.io/v1", "FooRoute").first?.hasPrefix("kind: kind") == true)
    #expect(said("gateway.networking.k8s.io/v2", "GRPCRoute").first?.hasPrefix("apiV") == true)
    #expect(said("gateway.networking.k8s.io/v1", "GRPCRoute") == [])
    #expect(said("example.com/v1", "Foo") == [])
  }

  @Test("an object is measured as JSON without blanks")
  func size() {
    let node = Node.map([
      "a": .sequence([.integer(1), .bool(true), .null]), "b": .map([:]), "c": .string("x\ny"),
      "d": .sequence([]),
    ])
    #expect(node.sizeAsJSON == "{\"a\":[1,true,null],\"b\":{},\"c\":\"x\\ny\",\"d\":[]}".utf8.count)
  }

  @Test("no object is larger as JSON than is taken for granted without reading its texts")
  func mostBytes() {
    let texts = [
      "", "\u{1}", "\u{2028}", "\u{1F600}", "é", "\\\"", String(repeating: "\0", count: 99),
    ]
    let plain = [
      "1e308", "-0.1", "1e-300", "99999999999999999999", "~", "false", "0x7fffffffffffffff",
    ]
    let nodes =
      texts.map { Node.string($0) } + plain.map { Node.scalar(Scalar(plain: $0)) }
      + [.sequence([]), .map([:])]
    for node in nodes + [.sequence(nodes)] {
      #expect(node.sizeAsJSON <= node.mostBytesAsJSON, "\(node)")
      for text in texts {
        let mapping = Node.mapping(Mapping([.init(text, node)]))
        #expect(mapping.sizeAsJSON <= mapping.mostBytesAsJSON, "\(mapping)")
      }
    }
  }
}
