import Corpus
import Testing

@testable import YAML

@Suite("equality")
struct EqualityTests {
  /// The same value in storage of its own.
  private static func copy(_ node: Node) -> Node {
    switch node {
    case .scalar(let scalar):
      .scalar(Scalar(String(decoding: Array(scalar.text.utf8), as: UTF8.self), scalar.kind))
    case .sequence(let items): .sequence(items.map(copy))
    case .mapping(let mapping):
      .mapping(Mapping(mapping.entries.map { .init($0.key, copy($0.value)) }))
    }
  }

  private static func text(_ node: Node) -> [UInt8] {
    var printer = Printer()
    return printer.print([node]).bytes
  }

  @Test("two nodes are equal just when they print the same, shared or not")
  func nodes() {
    var seeded = Seeded(11)
    for _ in 0..<400 {
      let node = seeded.node(levels: 4)
      let other = seeded.node(levels: 2)
      #expect(Self.copy(node) == node)
      #expect((node == other) == (Self.text(node) == Self.text(other)))
      let list = Node.sequence([node, other, node])
      let edited = Node.sequence([node, .string("edited"), Self.copy(node)])
      #expect(list != edited)
      #expect(edited == .sequence([Self.copy(node), .string("edited"), node]))
      #expect(list != .sequence([node, other]))
    }
  }

  @Test("elements of the same bits are counted from either end")
  func shared() {
    let texts = (0..<6).map { String(repeating: "\($0)", count: 40) }
    let old = texts.map(Node.string)
    var new = old
    new[2] = .string("x")
    #expect(old.countShared(atFrontOf: new) == 2)
    #expect(old.countShared(atBackOf: new) == 3)
    #expect(old.countShared(atFrontOf: old) == 6)
    #expect(old.countShared(atBackOf: Array(old.dropFirst())) == 5)
    #expect(old.countShared(atFrontOf: []) == 0)
    #expect(old.countShared(from: 3, with: new, from: 3, atMost: 3) == 3)
    #expect(old.hasElements(of: old.map(Self.copy)), "equal, though in other storage")
  }
}
