extension Node {
  /// The node as a document in kubectl's hand: the dashes of a list stand below its key.
  package var kubectlText: String {
    var writer = Writer()
    var hand = Hand()
    hand.dashes = 0
    writer.hand = hand
    writer.write(document: self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
