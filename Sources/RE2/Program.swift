/// An expression as instructions of a machine that follows all ways through it at once.
struct Program: Sendable {
  struct Instruction: Sendable {
    var operation: Operation
    /// The instruction after this one.
    var next: Int32
  }

  enum Operation: Sendable {
    case scalar(UInt32)
    case folded(UInt32)
    case set(Int32)
    case byte
    case assertion(Assertion)
    /// Goes on at the next instruction and at another one.
    case split(Int32)
    case pass
    case accept
  }

  private(set) var instructions: [Instruction]
  let sets: [ScalarSet]
  private(set) var hasAssertions = false
  /// What every text begins with, in UTF-8, and the first instruction after that.
  private(set) var prefix: [UInt8] = []
  private(set) var start: Int32 = 0
  /// Whether what follows the prefix is any text without line breaks, as in `gpt-.*`.
  private(set) var isOpen = false

  /// Where the expression ends.
  var end: Int32 { Int32(truncatingIfNeeded: instructions.count - 1) }

  init(_ tree: SyntaxTree) {
    sets = tree.sets.map(\.prepared)
    let length = tree.weights[tree.root].length
    instructions = Array(
      repeating: Instruction(operation: .accept, next: 0), count: length + 1)
    var tasks = [Task(node: tree.root, place: 0, next: length)]
    while let task = tasks.popLast() { write(task, of: tree, &tasks) }
    readPrefix()
    isOpen = (prefix.isEmpty || !hasAssertions) && reach(from: start) == .everything
  }

  /// A node that is to be written at a place and goes on at another.
  private struct Task {
    let node: Int
    let place: Int
    let next: Int
  }

  private mutating func write(_ task: Task, of tree: SyntaxTree, _ tasks: inout [Task]) {
    switch tree.nodes[task.node] {
    case .nothing: write(.pass, task)
    case .scalar(let scalar, let isFolded):
      write(isFolded ? .folded(scalar) : .scalar(scalar), task)
    case .set(let index): write(.set(Int32(truncatingIfNeeded: index)), task)
    case .byte: write(.byte, task)
    case .assertion(let assertion):
      hasAssertions = true
      write(.assertion(assertion), task)
    case .sequence(let parts):
      var place = task.place
      for index in parts {
        let part = tree.children[index]
        let after = place + tree.weights[part].length
        tasks.append(
          Task(node: part, place: place, next: index + 1 < parts.upperBound ? after : task.next))
        place = after
      }
    case .choice(let parts):
      var place = task.place
      for index in parts {
        let part = tree.children[index]
        let length = tree.weights[part].length
        if index + 1 < parts.upperBound {
          set(.split(Int32(truncatingIfNeeded: place + 1 + length)), place, next: place + 1)
          place += 1
        }
        tasks.append(Task(node: part, place: place, next: task.next))
        place += length
      }
    case .repetition(let part, let least, let most):
      writeRepetition(task, of: part, tree.weights[part].length, least, most, &tasks)
    }
  }

  private mutating func writeRepetition(
    _ task: Task, of part: Int, _ length: Int, _ least: Int, _ most: Int?, _ tasks: inout [Task]
  ) {
    var place = task.place
    let other = Int32(truncatingIfNeeded: task.next)
    guard let most else {
      // x{2,} is x, then x and a way back to it; x{0,} is a choice in front of x and its way back.
      for _ in 0..<least {
        tasks.append(Task(node: part, place: place, next: place + length))
        place += length
      }
      if least == 0 { tasks.append(Task(node: part, place: place + 1, next: place)) }
      set(.split(other), place, next: least == 0 ? place + 1 : place - length)
      return
    }
    for copy in 0..<most {
      if copy >= least {
        set(.split(other), place, next: place + 1)
        place += 1
      }
      let after = place + length
      tasks.append(Task(node: part, place: place, next: copy + 1 < most ? after : task.next))
      place = after
    }
  }

  private mutating func write(_ operation: Operation, _ task: Task) {
    set(operation, task.place, next: task.next)
  }

  private mutating func set(_ operation: Operation, _ place: Int, next: Int) {
    instructions[place] = Instruction(
      operation: operation, next: Int32(truncatingIfNeeded: next))
  }

  private mutating func readPrefix() {
    while case .scalar(let value) = instructions[Int(start)].operation,
      let scalar = Unicode.Scalar(value)
    {
      prefix += Array(String(Character(scalar)).utf8)
      start = instructions[Int(start)].next
    }
  }
}
