import YAML

/// A finding with its place in the text of its document.
struct SortedFinding: Comparable, Sendable {
  let finding: Finding
  /// The position among its siblings at each step; a missing node stands behind them.
  private let ranks: [Int]

  init(_ finding: Finding, in document: Node) {
    self.finding = finding
    ranks = SortedFinding.ranks(of: finding.path, in: document)
  }

  /// The position at each step of a path.
  static func ranks(of path: Path, in document: Node) -> [Int] {
    var ranks: [Int] = []
    var node: Node? = document
    for step in path.steps {
      switch (step, node) {
      case (.key(let key), .mapping(let mapping)?):
        let place = mapping.index(of: key)
        ranks.append(place ?? mapping.entries.count)
        node = place.map { mapping.entries[$0].value }
      case (.index(let index), _):
        ranks.append(index)
        node = node?[index]
      case (.key, _):
        ranks.append(0)
        node = nil
      }
    }
    return ranks
  }

  static func == (left: SortedFinding, right: SortedFinding) -> Bool {
    left.finding == right.finding
  }

  static func < (left: SortedFinding, right: SortedFinding) -> Bool {
    if left.ranks != right.ranks {
      return left.ranks.lexicographicallyPrecedes(right.ranks)
    }
    let (one, other) = (left.finding, right.finding)
    if one.severity != other.severity { return one.severity < other.severity }
    if one.rule != other.rule { return one.rule < other.rule }
    return (one.path.description, one.message) < (other.path.description, other.message)
  }
}
