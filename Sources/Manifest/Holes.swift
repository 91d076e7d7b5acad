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
  fileprivate static let reach = 16

  init(earlier: [Run]) { self.earlier = earlier }

  mutating func enter(_ step: Path.Step) { trail.append(step) }
  mutating func leave() { trail.removeLast() }

  /// Whether the items of the sequence being entered are to be chunks.
  func accepts(_ items: [Node]) -> Bool {
    mayAccept && items.allSatisfy { if case .mapping = $0 { true } else { false } }
  }

  /// Whether a sequence here, or below, might be one whose items are to be chunks.
  var mayAccept: Bool { trail.count <= Holes.deepest }

  mutating func add(_ chunk: Chunk, place: Int, line: Int) {
    holes.append(Hole(chunk: chunk, place: place, line: line, linesBefore: lines))
    lines += chunk.lineCount
  }

  /// The chunks of a sequence, those of unchanged items taken over.
  mutating func chunks(of items: [Node], at column: Int) -> [Chunk] {
    let old = earlierChunks
    var chunks: [Chunk] = []
    chunks.reserveCapacity(items.count)
    for (index, item) in items.enumerated() {
      let known = Known(old, index, of: items.count, at: column)
      chunks.append(known.chunk(of: item, from: nil) ?? chunk(of: item, at: column, known.same))
    }
    keep(chunks)
    return chunks
  }

  /// What was printed last for the sequence being entered.
  var earlierChunks: [Chunk] { earlier.first { $0.path == trail }?.chunks ?? [] }

  /// Keeps the chunks of the sequence being entered for the next time.
  mutating func keep(_ chunks: [Chunk]) { runs.append(Run(path: trail, chunks: chunks)) }

  private func chunk(of item: Node, at column: Int, _ same: Chunk?) -> Chunk {
    var writer = Writer()
    var before: Writer.Earlier?
    if let same {
      writer.reserve(like: same)
      before = Writer.Earlier(chunk: same, place: 0, node: same.node)
    }
    writer.write(item: item, at: column, earlier: before)
    return Chunk(node: item, indent: column, writer: writer)
  }

  /// The earlier chunks that an item may be found among.
  struct Known {
    private let chunks: [Chunk]
    private let index: Int
    private let moved: Int
    private let column: Int

    /// For the item of some number among the new items of a sequence.
    init(_ chunks: [Chunk], _ index: Int, of count: Int, at column: Int) {
      self.chunks = chunks
      self.index = index
      self.column = column
      moved = index - count + chunks.count
    }

    /// The chunk at the same place.
    var same: Chunk? {
      guard index < chunks.count, chunks[index].indent == column, chunks[index].source == nil
      else { return nil }
      return chunks[index]
    }

    /// The chunk that shows an item which came from a spot.
    func chunk(of item: Node, from source: Int?) -> Chunk? {
      func shows(_ chunk: Chunk) -> Bool {
        chunk.indent == column && chunk.source == source && chunk.node == item
      }
      if index < chunks.count, shows(chunks[index]) { return chunks[index] }
      if moved != index, chunks.indices.contains(moved), shows(chunks[moved]) {
        return chunks[moved]
      }
      let near = (index - Holes.reach..<index + Holes.reach).clamped(to: chunks.indices)
      return chunks[near].first(where: shows)
    }
  }
}
