/// Prints documents, and remembers what it printed last: only what changed is printed anew.
package struct Printer: Sendable {
  private var printedDocuments: [PrintedDocument] = []

  package init() {}

  /// The printed text of some documents, in order, each in its author's words where it has a source
  /// document.
  package mutating func print(
    _ documents: [Node], from sourceDocuments: [SourceDocument?] = []
  ) -> PrintedText {
    var printed: [PrintedDocument] = []
    printed.reserveCapacity(documents.count)
    for (index, root) in documents.enumerated() {
      printed.append(
        printedDocument(
          of: root, from: index < sourceDocuments.count ? sourceDocuments[index] : nil, index))
    }
    printedDocuments = printed
    return PrintedText(printedDocuments: printed)
  }

  private func printedDocument(of root: Node, from sourceDocument: SourceDocument?, _ index: Int)
    -> PrintedDocument
  {
    let same = index < printedDocuments.count ? printedDocuments[index] : nil
    if let same, same.sourceDocument === sourceDocument, same.root == root { return same }
    if let found = printedDocuments.first(where: {
      $0.sourceDocument === sourceDocument && $0.root == root
    }) {
      return found
    }
    if let sourceDocument {
      let earlier = printedDocuments.first { $0.sourceDocument === sourceDocument }
      return PrintedDocument(root: root, sourceDocument: sourceDocument, earlier: earlier)
    }
    let kind = root["kind"]
    if let same, same.sourceDocument == nil, same.root["kind"] == kind {
      return PrintedDocument(root: root, earlier: same)
    }
    let earlier = printedDocuments.first { $0.sourceDocument == nil && $0.root["kind"] == kind }
    return PrintedDocument(root: root, earlier: earlier)
  }
}
