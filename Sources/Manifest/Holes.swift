/// The items of a document that are chunks of their own, gathered while the rest is written.
struct Holes {
  /// A chunk and where it belongs in the text around it.
  struct Hole: Sendable {
    var chunk: Chunk
    /// The hole's own place in the text around it.
    var place: Int
    /// The line of that text before which the chunk stands.
    var line: Int
    /// The lines of all holes before this one.
    var linesBefore: Int
  }

  /// The chunks of one sequence.
  struct Run: Sendable {
    var path: [Path.Step]
    var chunks: [Chunk]
  }

  private(set) var holes: [Hole] = []
  private(set) var runs: [Run] = []
  private let earlier: [Run]
  private var trail: [Path.Step] = []
  private var lines = 0

  /// How far below the root a sequence may stand for its items to be chunks.
  private static let deepest = 3
  /// How many items away an item that was moved is looked for.
  private static let reach = 16

  init(earlier: [Run]) { self.earlier = earlier }

  mutating func enter(_ step: Path.Step) { trail.append(step) }
  mutating func leave() { trail.removeLast() }

  /// Whether the items of the sequence being entered are to be chunks.
  func accepts(_ items: [Node]) -> Bool {
    trail.count <= Holes.deepest
      && items.allSatisfy { if case .mapping = $0 { true } else { false } }
  }

  mutating func add(_ chunk: Chunk, place: Int, line: Int) {
    holes.append(Hole(chunk: chunk, place: place, line: line, linesBefore: lines))
    lines += chunk.lineCount
  }

  /// The chunks of a sequence, those of unchanged items taken over.
  mutating func chunks(of items: [Node], at column: Int) -> [Chunk] {
    let old = earlier.first { $0.path == trail }?.chunks ?? []
    var chunks: [Chunk] = []
    chunks.reserveCapacity(items.count)
    for (index, item) in items.enumerated() {
      chunks.append(chunk(of: item, at: column, index, among: old, from: items.count))
    }
    runs.append(Run(path: trail, chunks: chunks))
    return chunks
  }

  private func chunk(
    of item: Node, at column: Int, _ index: Int, among old: [Chunk], from count: Int
  ) -> Chunk {
    let same = index < old.count ? old[index] : nil
    if let same, same.indent == column, same.node == item { return same }
    let moved = index - count + old.count
    if moved != index, old.indices.contains(moved), old[moved].indent == column,
      old[moved].node == item
    {
      return old[moved]
    }
    let near = (index - Holes.reach..<index + Holes.reach).clamped(to: old.indices)
    if let found = old[near].first(where: { $0.indent == column && $0.node == item }) {
      return found
    }
    var writer = Writer()
    var before: Writer.Earlier?
    if let same, same.indent == column {
      writer.reserve(like: same)
      before = Writer.Earlier(chunk: same, place: 0, node: same.node)
    }
    writer.write(item: item, at: column, earlier: before)
    return Chunk(node: item, indent: column, writer: writer)
  }
}
