/// A node on its way into its parent.
struct ComposedNode {
  var node: Node
  /// The node's place in the syntax tree.
  var place: Int
  /// Where its children begin among those of the tree.
  var firstChild: UInt32 = 0
  /// How many nodes it is, itself included.
  var size = 1
  /// How many levels of collections it has.
  var height = 0

  /// Counts a child in.
  mutating func hold(_ child: ComposedNode) {
    size += child.size
    height = max(height, child.height + 1)
  }
}
