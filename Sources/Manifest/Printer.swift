/// Prints documents, and remembers what it printed last: only what changed is printed anew.
package struct Printer: Sendable {
  private var sheets: [Sheet] = []

  package init() {}

  /// The listing of some documents, in order.
  package mutating func listing(of documents: [Node]) -> Listing {
    var printed: [Sheet] = []
    printed.reserveCapacity(documents.count)
    for (index, root) in documents.enumerated() {
      printed.append(sheet(of: root, index))
    }
    sheets = printed
    return Listing(sheets: printed)
  }

  /// The listing of some documents, each as its author wrote it where it has a passage.
  package mutating func listing(of documents: [Node], from passages: [Passage?]) -> Listing {
    listing(of: documents)
  }

  private func sheet(of root: Node, _ index: Int) -> Sheet {
    let same = index < sheets.count ? sheets[index] : nil
    if let same, same.root == root { return same }
    if let found = sheets.first(where: { $0.root == root }) { return found }
    let kind = root["kind"]
    if let same, same.root["kind"] == kind { return Sheet(root: root, earlier: same) }
    return Sheet(root: root, earlier: sheets.first { $0.root["kind"] == kind })
  }
}
