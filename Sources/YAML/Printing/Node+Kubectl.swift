extension Node {
  /// The node as a document in kubectl's style: the dashes of a list stand below its key.
  package var kubectlText: String {
    var writer = Writer()
    var style = YAMLStyle()
    style.dashes = 0
    writer.style = style
    writer.write(document: self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
