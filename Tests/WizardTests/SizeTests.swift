import Foundation
import RouteForm
import Screen
import Testing

@testable import Wizard

@Suite("sizes")
struct SizeTests {
  static let sizes = [
    (16, 60), (23, 79), (24, 80), (40, 80), (29, 100), (40, 120), (44, 159), (60, 200), (45, 160),
    (30, 100), (39, 99), (70, 240),
  ]

  @Test("at every size each step shows a cursor on its focus", arguments: sizes)
  func cursor(_ rows: Int, _ columns: Int) {
    for recipe in Recipe.allCases {
      var robot = Robot(recipe, size: Size(rows: rows, columns: columns))
      for step in 1...8 {
        robot.press("<Esc>\(step)")
        #expect(robot.faults == [], "\(recipe) step \(step) at \(columns)x\(rows)")
        let first = robot.wizard.navigation.focus
        repeat {
          #expect(
            robot.isCursorOnFocus == true,
            "\(recipe) step \(step) at \(columns)x\(rows): \(robot.wizard.navigation.focus)")
          robot.press("<Tab>")
        } while robot.wizard.navigation.focus != first
      }
    }
  }

  @Test(
    "below 60 by 16 there is one card, and nothing typed is lost",
    arguments: [
      (15, 59), (15, 200), (60, 59), (1, 1), (0, 0), (5, 10),
    ])
  func tiny(_ rows: Int, _ columns: Int) {
    var robot = Robot()
    robot.press("<Esc>2ab")
    robot.send(.resized(Size(rows: rows, columns: columns)))
    robot.press("cd<Enter><Tab><C-o>")
    #expect(robot.faults == [])
    if rows >= 5, columns >= 59 {
      let screen = robot.screen
      #expect(screen.contains("now \(columns)x\(rows)"))
      #expect(screen.contains("needs 60x16"))
      #expect(screen.contains("edits are safe"))
      #expect(!screen.contains("abcd"))
    }
    robot.send(.resized(Size(rows: 24, columns: 80)))
    #expect(robot.text("route.metadata.name") == "abcd")
    #expect(robot.screen.contains("abcd"))
    #expect(robot.isCursorOnFocus == true)
  }

  @Test(
    "no step but its table scrolls at 80 by 24",
    arguments: Recipe.allCases.filter { !$0.isWhole })
  func noScrolling(_ recipe: Recipe) {
    var robot = Robot(recipe)
    robot.go("route.spec.rules[0].backendRefs[0].namespace")
    robot.press("far")
    for step in 1...7 {
      robot.press("<Esc>\(step)")
      let screen = robot.screen
      for line in robot.wizard.page.lines where line.rank == .needed {
        for text in line.words {
          #expect(screen.contains(text), "\(recipe) step \(step) hides \(text)\n\(screen)")
        }
      }
    }
  }

  @Test("Review shows how to save without scrolling at 80 by 24")
  func review() {
    var robot = Robot()
    robot.press("<Esc>8")
    #expect(robot.screen.contains("< Save >"))
    #expect(robot.screen.contains("ClientTrafficPolicy with bufferLimit"))
    #expect(robot.isCursorOnFocus == true)
  }

  @Test("the focused field's lines are in view in the YAML, and marked")
  func linked() {
    for (rows, columns) in [(24, 80), (40, 120), (60, 200), (29, 100)] {
      var robot = Robot(.failoverPair, size: Size(rows: rows, columns: columns))
      for (path, line) in [
        ("route.spec.rules[0].backendRefs[1].priority", "priority: 1"),
        ("policy.spec.connection.bufferLimit", "bufferLimit: 50Mi"),
        ("retry.spec.retry.numRetries", "numRetries: 5"),
      ] {
        robot.go(path)
        let marked = robot.screen.split(separator: "\n").contains {
          $0.contains(line) && $0.contains(">")
        }
        #expect(marked, "\(path) at \(columns)x\(rows)")
      }
    }
  }

  @Test("changed lines are marked in the YAML")
  func marks() {
    var robot = Robot(.weightedSplit)
    robot.go("route.spec.rules[0].backendRefs[0].weight")
    robot.press("<C-u>70")
    #expect(
      robot.screen.contains("~           weight: 70"))
    #expect(robot.screen.contains("+0 ~1 -0 since start"))
  }

  @Test("a wide name, an emoji and a control character keep every row as wide as the screen")
  func wide() {
    var robot = Robot(.singleModel, size: Size(rows: 40, columns: 120))
    robot.go("route.spec.rules[0].backendRefs[0].modelNameOverride")
    robot.send(.paste("日本語 👩‍👩‍👧 e\u{301} \u{202e}abc\u{200b}\u{7}"))
    #expect(robot.faults == [])
    for step in 1...8 {
      robot.press("<Esc>\(step)")
      #expect(robot.faults == [])
    }
  }
}

extension FormLine {
  /// What must be read on screen of a line that is not a table.
  var words: [String] {
    switch content {
    case .heading(let text): [text]
    case .note(let note): [note.text]
    case .fields(let fields): fields.map(\.label)
    case .toggle(let title, _, _): [title]
    case .buttons(let buttons): buttons.map { "< \($0.title) >" }
    case .table(let table): [table.columns.first?.title ?? ""]
    case .jump(_, let line, _): [line.text]
    }
  }
}

extension Robot {
  /// Whether the cursor stands where a click would give the focus it has.
  var isCursorOnFocus: Bool {
    mutating get {
      guard let cursor = wizard.frame().cursor else { return false }
      guard
        case .focus(let focus)? = wizard.viewport.target(row: cursor.row, column: cursor.column)
      else { return false }
      return focus == wizard.navigation.focus
    }
  }

  @Test("a text is cut at blanks, and within a word only where it is longer than the line")
  func wrapped() {
    #expect("one two  three".wrapped(8) == ["one two", "three"])
    #expect("äne twö  thrëe".wrapped(8) == ["äne twö", "thrëe"])
    #expect("abcdefghijkl mn".wrapped(8) == ["abcdefgh", "ijkl mn"])
    #expect("äbcdefghijkl mn".wrapped(8) == ["äbcdefgh", "ijkl mn"])
    #expect("exactly8".wrapped(8) == ["exactly8"])
    #expect("".wrapped(8) == [""])
    #expect("gap        ".wrapped(8) == ["gap    ", ""])
  }
}
