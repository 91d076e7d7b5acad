import YAML

extension Node {
  /// The path to take away with what stands at a path: that of the outermost mapping that would be
  /// left empty, none of them nearer to the root than so many steps: by default no part such
  /// as `spec` itself.
  func emptied(by path: Path, depth: Int = 2) -> Path {
    var path = path
    while path.count > depth, case .key? = path.parent.last, self[path.parent]?.entries.count == 1 {
      path = path.parent
    }
    return path
  }
}
