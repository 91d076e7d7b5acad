/// Prints documents, and remembers what it printed last: only what changed is printed anew.
package struct Printer: Sendable {
  private var sheets: [Sheet] = []

  package init() {}

  /// The listing of some documents, in order, each in its author's words where it has a passage.
  package mutating func listing(
    of documents: [Node], from passages: [Passage?] = []
  ) -> Listing {
    var printed: [Sheet] = []
    printed.reserveCapacity(documents.count)
    for (index, root) in documents.enumerated() {
      printed.append(sheet(of: root, from: index < passages.count ? passages[index] : nil, index))
    }
    sheets = printed
    return Listing(sheets: printed)
  }

  private func sheet(of root: Node, from passage: Passage?, _ index: Int) -> Sheet {
    let same = index < sheets.count ? sheets[index] : nil
    if let same, same.passage === passage, same.root == root { return same }
    if let found = sheets.first(where: { $0.passage === passage && $0.root == root }) {
      return found
    }
    if let passage {
      let earlier = sheets.first { $0.passage === passage }
      return Sheet(root: root, passage: passage, earlier: earlier)
    }
    let kind = root["kind"]
    if let same, same.passage == nil, same.root["kind"] == kind {
      return Sheet(root: root, earlier: same)
    }
    let earlier = sheets.first { $0.passage == nil && $0.root["kind"] == kind }
    return Sheet(root: root, earlier: earlier)
  }
}
