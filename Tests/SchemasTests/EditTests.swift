import Schemas
import YAML
import Testing

@Suite struct EditTests {
  private let schema = ResourceKind.aiGatewayRoute.schema
  private let rule = Path([.key("spec"), .key("rules"), .index(0)])

  private func keys(_ node: Node?) -> [String] { node?.entries.map(\.key) ?? [] }

  @Test("keys land in the printing order, in whatever order they are set")
  func order() {
    var node = Node.map([:])
    for key in ["backendRefs", "name", "timeouts", "matches", "streamIdleTimeout"] {
      node.set(.string("x"), at: rule.appending(key), in: schema)
    }
    #expect(
      keys(node[rule]) == ["name", "matches", "timeouts", "streamIdleTimeout", "backendRefs"])
    node.set(.string("a"), at: Path([.key("metadata"), .key("name")]), in: schema)
    node.set(.string("k"), at: Path([.key("kind")]), in: schema)
    node.set(.string("v"), at: Path([.key("apiVersion")]), in: schema)
    #expect(keys(node) == ["apiVersion", "kind", "metadata", "spec"])
  }

  @Test("a key in its own order stays where it is, an unknown one goes last")
  func foreignOrder() {
    var node = Node.map(["spec": .map(["rules": .sequence([]), "zebra": .null])])
    node.set(.string("a"), at: Path([.key("spec"), .key("own")]), in: schema)
    node.set(.sequence([]), at: Path([.key("spec"), .key("parentRefs")]), in: schema)
    node.set(.sequence([.null]), at: Path([.key("spec"), .key("rules")]), in: schema)
    #expect(keys(node["spec"]) == ["parentRefs", "rules", "zebra", "own"])
  }

  @Test("a path that leads nowhere changes nothing")
  func nowhere() {
    var node = Node.map(["a": .string("b"), "c": .sequence([])])
    let before = node
    let isChanged = [
      node.set(.null, at: Path([.key("a"), .key("x")])),
      node.set(.null, at: Path([.key("c"), .index(1)])),
      node.set(.null, at: Path([.key("c"), .index(-1)])),
      node.remove(at: Path([.key("x")])),
      node.remove(at: Path([.key("c"), .index(0)])),
      node.remove(at: .root),
    ]
    #expect(!isChanged.contains(true))
    #expect(node == before)
    let isSet = node.set(.null, at: Path([.key("c"), .index(0)]))
    let isRemoved = node.remove(at: Path([.key("c"), .index(0)]))
    #expect(isSet && isRemoved)
    #expect(node == before)
  }
}
