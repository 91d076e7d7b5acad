/// A rectangle of a frame that a view draws in with its own coordinates, from 0; what leaves it
/// is cut off.
package struct Region: Hashable, Sendable {
  /// The frame's row and column of the upper left corner.
  package var row: Int
  package var column: Int
  package var rows: Int
  package var columns: Int

  /// A rectangle of a frame; numbers are cut to 0...1000000.
  package init(row: Int, column: Int, rows: Int, columns: Int) {
    self.row = Region.extent(row)
    self.column = Region.extent(column)
    self.rows = Region.extent(rows)
    self.columns = Region.extent(columns)
  }

  private static func extent(_ number: Int) -> Int { min(max(0, number), 1_000_000) }

  /// All of a terminal.
  package init(_ size: Size) {
    self.init(row: 0, column: 0, rows: size.rows, columns: size.columns)
  }

  /// The part of this region that the given rows and columns of it (nil: all that follow) cover.
  package func part(row: Int = 0, column: Int = 0, rows: Int? = nil, columns: Int? = nil) -> Region
  {
    let top = min(max(0, row), self.rows)
    let left = min(max(0, column), self.columns)
    return Region(
      row: self.row + top, column: self.column + left,
      rows: min(rows ?? Int.max, self.rows - top),
      columns: min(columns ?? Int.max, self.columns - left))
  }

  /// The region without so many rows and columns at each side.
  package func inset(rows: Int = 0, columns: Int = 0) -> Region {
    let vertical = min(max(0, rows), self.rows)
    let horizontal = min(max(0, columns), self.columns)
    return part(
      row: vertical, column: horizontal, rows: self.rows - 2 * vertical,
      columns: self.columns - 2 * horizontal)
  }

  /// Whether a row and column of the frame lie in this region.
  package func contains(row: Int, column: Int) -> Bool {
    row >= self.row && row - self.row < rows && column >= self.column
      && column - self.column < columns
  }
}
