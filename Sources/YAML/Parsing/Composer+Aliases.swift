/// Aliases and merge keys.
extension Composer {
  mutating func resolved(_ name: String, _ event: borrowing Event, depth: Int)
    -> ComposedNode?
  {
    guard let known = anchors[name] else {
      report(event.start, "the alias *\(name) has no anchor &\(name) before it")
      return nil
    }
    guard var built = known else {
      report(event.start, "the alias *\(name) is inside what it names")
      return nil
    }
    aliasedNodes += built.size
    guard aliasedNodes <= limits.aliasedNodes, depth + built.height <= limits.depth else {
      report(event.start, "the aliases of this text expand to more than can be read")
      return nil
    }
    let place = add(event, .alias)
    tree.aliases.append(Alias(syntaxNode: place, anchor: built.place))
    tree.nodes[place].firstChild = built.firstChild
    built.place = place
    return built
  }

  func isMerge(_ event: borrowing Event) -> Bool {
    guard case .scalar("<<", let form) = event.kind else { return false }
    return event.tag == nil ? form == .plain : event.tag == "tag:yaml.org,2002:merge"
  }

  /// Takes over the entries of a mapping, or of several in a list; of those the first one wins.
  mutating func merge(
    _ value: ComposedNode, into entries: inout MappingBuilder, _ base: Int, at position: Position
  ) -> Bool {
    let sources = merged(value)
    guard let sources else {
      report(position, "a merge key (<<) needs a mapping or a list of mappings")
      return false
    }
    for (mapping, first) in sources.reversed() {
      aliasedNodes += mapping.entries.count
      guard aliasedNodes <= limits.aliasedNodes else {
        report(position, "the merge keys of this text expand to more than can be read")
        return false
      }
      for (offset, entry) in mapping.entries.enumerated() {
        let child = tree.children[Int(first) + offset]
        if let index = entries.index(of: entry.key) {
          if entries.origins[index].isWritten {
            reportLateMerge(entry.key, position)
            entries.forgetKey(of: index)
          }
          entries.replace(index, with: entry.value, .merged(.string))
          pending[base + index] = child
        } else {
          entries.append(entry.key, entry.value, .merged(.string))
          pending.append(child)
        }
      }
    }
    return true
  }

  private mutating func reportLateMerge(_ key: String, _ position: Position) {
    report(
      position,
      "kubectl takes \(key) from this <<, kustomize and Flux what stands before it; "
        + "write << first", .warning)
  }

  private func merged(_ value: ComposedNode) -> [(Mapping, UInt32)]? {
    switch value.node {
    case .scalar: return nil
    case .mapping(let mapping): return [(mapping, value.firstChild)]
    case .sequence(let items):
      let first = Int(value.firstChild)
      var sources: [(Mapping, UInt32)] = []
      for (offset, item) in items.enumerated() {
        guard case .mapping(let mapping) = item else { return nil }
        let item = Int(tree.children[first + offset])
        sources.append((mapping, tree.nodes[item].firstChild))
      }
      return sources
    }
  }
}
