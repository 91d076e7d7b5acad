/// One document of a file as its author wrote it.
package final class Passage: Sendable {
  /// The document as it was read.
  package let root: Node
  /// The part of the file that holds it.
  let bytes: [UInt8]
  let body: Range<Int>

  init(root: Node, bytes: [UInt8], body: Range<Int>) {
    self.root = root
    self.bytes = bytes
    self.body = body
  }
}
