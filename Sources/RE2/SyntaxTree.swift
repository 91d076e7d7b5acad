/// An expression as it was read: nodes refer to earlier ones, so that no walk needs to recurse.
struct SyntaxTree {
  enum Node {
    case nothing
    /// A scalar by its number; folded ones are the least of their letter's cases.
    case scalar(UInt32, isFolded: Bool)
    case set(Int)
    case byte
    case assertion(Assertion)
    case sequence(Range<Int>)
    case choice(Range<Int>)
    case repetition(of: Int, least: Int, most: Int?)
  }

  /// What a node comes to once its repetitions are written out.
  struct Weight {
    /// Instructions of this program.
    var length = 1
    /// Instructions of RE2, which works on bytes: about as many as RE2 counts itself.
    var cost = 1
    /// The product of the counts of nested repetitions, which RE2 limits.
    var copies = 1
    /// How many captured groups and repetitions stand in one another at most, which Go limits.
    var depth = 0
  }

  private(set) var nodes: [Node] = []
  private(set) var weights: [Weight] = []
  private(set) var children: [Int] = []
  private(set) var sets: [ScalarSet] = []
  var root = 0
  /// Why Go's regexp refuses what RE2 takes, nil where it takes it, too.
  var refusalByGo: ParseError?

  mutating func add(_ node: Node, _ weight: Weight = Weight()) -> Int {
    nodes.append(node)
    weights.append(weight)
    return nodes.count - 1
  }

  mutating func add(_ set: ScalarSet) -> Int {
    sets.append(set)
    return add(.set(sets.count - 1), Weight(cost: set.cost))
  }

  mutating func addSequence(_ parts: [Int]) -> Int {
    if parts.isEmpty { return add(.nothing) }
    return parts.count == 1 ? parts[0] : add(.sequence(adopted(parts)), sum(parts))
  }

  mutating func addChoice(_ parts: [Int]) -> Int {
    if parts.count == 1 { return parts[0] }
    var weight = sum(parts)
    weight.length += parts.count - 1
    weight.cost += parts.count - 1
    return add(.choice(adopted(parts)), weight)
  }

  /// Adds a repetition of the node.
  mutating func addRepetition(of node: Int, least: Int, most: Int?) -> Int {
    var weight = weights[node]
    weight.copies *= max(most ?? least, 1)
    weight.depth += 1
    guard most != 0 else {
      return add(.nothing, Weight(copies: weight.copies))
    }
    weight.length = Self.total(weight.length, least: least, most: most)
    weight.cost = Self.total(weight.cost, least: least, most: most)
    return add(.repetition(of: node, least: least, most: most), weight)
  }

  /// RE2 spends two instructions on a group that it captures.
  mutating func markCaptured(_ node: Int) {
    weights[node].cost += 2
    weights[node].depth += 1
  }

  /// The instructions of a repetition: copies of what is repeated, and one for each choice.
  private static func total(_ length: Int, least: Int, most: Int?) -> Int {
    guard let most else { return length * max(least, 1) + 1 }
    return length * most + (most - least)
  }

  private mutating func adopted(_ parts: [Int]) -> Range<Int> {
    let start = children.count
    children += parts
    return start..<children.count
  }

  private func sum(_ parts: [Int]) -> Weight {
    var sum = Weight(length: 0, cost: 0)
    for part in parts {
      sum.length += weights[part].length
      sum.cost += weights[part].cost
      sum.copies = max(sum.copies, weights[part].copies)
      sum.depth = max(sum.depth, weights[part].depth)
    }
    return sum
  }
}

/// What must hold at a place, without reading anything there.
enum Assertion: CaseIterable {
  case textStart, textEnd, lineStart, lineEnd, wordEdge, noWordEdge
}
