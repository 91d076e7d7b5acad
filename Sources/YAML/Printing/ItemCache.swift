/// The items of a document that are printed nodes of their own, gathered while the rest is written.
struct ItemCache {
  /// A printed node and where it belongs in the text around it.
  struct Slot: Sendable {
    var printedNode: PrintedNode
    /// The slot's own place in the text around it.
    var place: Int
    /// The line of that text before which the printed node stands.
    var line: Int
    /// The lines of all slots before this one.
    var linesBefore: Int
  }

  /// The printed nodes of one sequence.
  struct Run: Sendable {
    var path: [Path.Step]
    var printedNodes: [PrintedNode]
  }

  private(set) var itemCache: [Slot] = []
  private(set) var runs: [Run] = []
  private let earlier: [Run]
  private var trail: [Path.Step] = []
  private var lines = 0

  /// How far below the root a sequence may stand for its items to be printed nodes.
  private static let deepest = 3
  /// How many items away an item that was moved is looked for.
  fileprivate static let reach = 16

  init(earlier: [Run]) { self.earlier = earlier }

  mutating func enter(_ step: Path.Step) { trail.append(step) }
  mutating func leave() { trail.removeLast() }

  /// Whether the items of the sequence being entered are to be printed nodes.
  func accepts(_ items: [Node]) -> Bool {
    mayAccept && items.allSatisfy { if case .mapping = $0 { true } else { false } }
  }

  /// Whether a sequence here, or below, might be one whose items are to be printed nodes.
  var mayAccept: Bool { trail.count <= ItemCache.deepest }

  mutating func add(_ printedNode: PrintedNode, place: Int, line: Int) {
    itemCache.append(Slot(printedNode: printedNode, place: place, line: line, linesBefore: lines))
    lines += printedNode.lineCount
  }

  /// The printed nodes of a sequence, those of unchanged items taken over.
  mutating func printedNodes(of items: [Node], at column: Int) -> [PrintedNode] {
    let old = earlierChunks
    var printedNodes: [PrintedNode] = []
    printedNodes.reserveCapacity(items.count)
    for (index, item) in items.enumerated() {
      let known = Known(old, index, of: items.count, at: column)
      printedNodes.append(
        known.printedNode(of: item, from: nil) ?? printedNode(of: item, at: column, known.same))
    }
    keep(printedNodes)
    return printedNodes
  }

  /// What was printed last for the sequence being entered.
  var earlierChunks: [PrintedNode] { earlier.first { $0.path == trail }?.printedNodes ?? [] }

  /// Keeps the printed nodes of the sequence being entered for the next time.
  mutating func keep(_ printedNodes: [PrintedNode]) {
    runs.append(Run(path: trail, printedNodes: printedNodes))
  }

  private func printedNode(of item: Node, at column: Int, _ same: PrintedNode?) -> PrintedNode {
    var writer = Writer()
    var before: Writer.Earlier?
    if let same {
      writer.reserve(like: same)
      before = Writer.Earlier(printedNode: same, place: 0, node: same.node)
    }
    writer.write(item: item, at: column, earlier: before)
    return PrintedNode(node: item, indent: column, writer: writer)
  }

  /// The earlier printed nodes that an item may be found among.
  struct Known {
    private let printedNodes: [PrintedNode]
    private let index: Int
    private let moved: Int
    private let column: Int

    /// For the item of some number among the new items of a sequence.
    init(_ printedNodes: [PrintedNode], _ index: Int, of count: Int, at column: Int) {
      self.printedNodes = printedNodes
      self.index = index
      self.column = column
      moved = index - count + printedNodes.count
    }

    /// The printed node at the same place.
    var same: PrintedNode? {
      guard index < printedNodes.count, printedNodes[index].indent == column,
        printedNodes[index].source == nil
      else { return nil }
      return printedNodes[index]
    }

    /// The printed node that shows an item which came from a node.
    func printedNode(of item: Node, from source: Int?) -> PrintedNode? {
      func shows(_ printedNode: PrintedNode) -> Bool {
        printedNode.indent == column && printedNode.source == source && printedNode.node == item
      }
      if index < printedNodes.count, shows(printedNodes[index]) { return printedNodes[index] }
      if moved != index, printedNodes.indices.contains(moved), shows(printedNodes[moved]) {
        return printedNodes[moved]
      }
      let near = (index - ItemCache.reach..<index + ItemCache.reach).clamped(
        to: printedNodes.indices)
      return printedNodes[near].first(where: shows)
    }
  }
}
