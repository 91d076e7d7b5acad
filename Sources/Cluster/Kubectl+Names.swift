package import Resources

/// The names of objects whose contents are not read.
package struct ObjectNames: Sendable {
  /// By kind.
  package fileprivate(set) var keys: [String: Set<ObjectKey>] = [:]
  /// The kinds of which there may be more.
  package fileprivate(set) var incomplete: [String] = []
}

extension Kubectl {
  /// Reads the names of objects of some kinds, by the table that the server makes of them: in all
  /// namespaces, else in one.
  package func names(of kinds: [String], around namespace: String) throws(ClusterError)
    -> ObjectNames
  {
    var names = ObjectNames()
    for kind in kinds {
      let resource = kind.lowercased() + "s"
      let all = try answer(to: ["get", resource, "-A", "--no-headers"])
      if all.isSuccess {
        names.keys[kind] = Set(all.rows.compactMap { $0.count > 1 ? ObjectKey($0[0], $0[1]) : nil })
        continue
      }
      guard all.errorOutput.error.isAboutOneObject else { throw all.errorOutput.error }
      names.incomplete.append(kind)
      let here = try answer(to: ["get", resource, "-n", namespace, "--no-headers"])
      names.keys[kind] = Set(here.rows.compactMap { $0.first.map { ObjectKey(namespace, $0) } })
    }
    return names
  }
}

extension Kubectl.Response {
  /// The words of each line of a table.
  var rows: [[String]] {
    String(decoding: output, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: " ").map(String.init)
    }
  }
}
