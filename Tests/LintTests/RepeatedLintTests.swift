import Corpus
import Schemas
import Lint
import YAML
import Testing

@Suite struct RepeatedLintTests {
  @Test("a linter that has seen other documents finds the same", arguments: 0..<12)
  func randomEdits(seed: UInt64) {
    var random = Seeded(seed)
    var pool = RuleCase.all.flatMap { Manifests.read($0.bad) + Manifests.read($0.good) }
    pool.shuffle(using: &random)
    var documents = Array(pool.prefix(4))
    var linter = Linter()
    for step in 0..<60 {
      edit(&documents, from: pool, with: &random)
      var fresh = Linter()
      #expect(
        linter.findings(in: documents) == fresh.findings(in: documents), "step \(step)")
    }
  }

  @Test(
    "what is found in documents is the same beside those that nobody reports on", arguments: 0..<6)
  func background(seed: UInt64) {
    var random = Seeded(seed)
    var pool = RuleCase.all.flatMap { Manifests.read($0.bad) + Manifests.read($0.good) }
    pool.shuffle(using: &random)
    var documents = Array(pool.prefix(8))
    var linter = Linter()
    for step in 0..<20 {
      edit(&documents, from: pool, with: &random)
      let background = 0..<Int.random(in: 0...documents.count, using: &random)
      var fresh = Linter()
      let all = fresh.findings(in: documents)
      let found = linter.findings(in: documents, background: background)
      #expect(
        found.filter { !background.contains($0.document) }
          == all.filter { !background.contains($0.document) }, "step \(step)")
    }
  }

  private func edit(_ documents: inout [Node], from pool: [Node], with random: inout Seeded) {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: documents.append(pool[Int.random(in: 0..<pool.count, using: &random)])
    case 1 where documents.count > 1: documents.removeFirst()
    case 2: documents.shuffle(using: &random)
    case 3 where !documents.isEmpty:
      let other = pool[Int.random(in: 0..<pool.count, using: &random)]
      documents[Int.random(in: 0..<documents.count, using: &random)] = other
    default:
      guard !documents.isEmpty else { return }
      let index = Int.random(in: 0..<documents.count, using: &random)
      let path = leaf(of: documents[index], with: &random)
      let values: [Node] = [
        .null, .string(""), .string("a"), .integer(1), .integer(-1), .string("5m"), .map([:]),
        .sequence([]), .string("default"), .integer(0), .string("gpt-*"),
      ]
      if Bool.random(using: &random) {
        documents[index].set(values[Int.random(in: 0..<values.count, using: &random)], at: path)
      } else {
        documents[index].remove(at: path)
      }
    }
  }

  private func leaf(of node: Node, with random: inout Seeded) -> Path {
    var path = Path.root
    var here = node
    while Int.random(in: 0..<8, using: &random) > 0 {
      if case .mapping(let mapping) = here, !mapping.isEmpty {
        let entry = mapping.entries[Int.random(in: 0..<mapping.entries.count, using: &random)]
        path = path.appending(entry.key)
        here = entry.value
      } else if !here.items.isEmpty {
        let index = Int.random(in: 0..<here.items.count, using: &random)
        path = path.appending(index)
        here = here.items[index]
      } else {
        break
      }
    }
    return path
  }
}
