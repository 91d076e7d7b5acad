package import YAML

/// How documents become files: one file of all, or a folder with one file an object.
package struct OutputLayout: Hashable, Sendable {
  /// One file's path and content.
  package struct File: Hashable, Sendable {
    package let path: String
    package let bytes: [UInt8]
    /// Whether it stands in a folder that is part of the layout, and so may have to be made.
    package var isInFolder = false
  }

  private let outputPath: String
  private let writesKustomization: Bool

  /// A place that ends in `/` is a folder; a kustomization.yaml is written in folders only.
  package init(outputPath: String, writesKustomization: Bool) {
    self.outputPath = outputPath
    self.writesKustomization = writesKustomization
  }

  private var isFolder: Bool { outputPath.hasSuffix("/") }

  /// The paths of the files, in the order of `files`.
  package func paths(objects: [ObjectName], documents: [Node]) -> [String] {
    guard isFolder else { return [outputPath] }
    return named(objects, documents).map { outputPath + $0.name }
      + (writesKustomization ? [outputPath + "kustomization.yaml"] : [])
  }

  /// The files of the documents, in apply order.
  package func files(objects: [ObjectName], documents: [Node]) -> [File] {
    var printer = Printer()
    guard isFolder else {
      return [File(path: outputPath, bytes: printer.print(documents).bytes)]
    }
    let named = named(objects, documents)
    var files = named.map { file in
      File(
        path: outputPath + file.name, bytes: printer.print(file.documents).bytes, isInFolder: true)
    }
    if writesKustomization {
      let kustomization = Node.map([
        "apiVersion": .string("kustomize.config.k8s.io/v1beta1"), "kind": .string("Kustomization"),
        "resources": .sequence(named.map { .string($0.name) }),
      ])
      files.append(
        File(
          path: outputPath + "kustomization.yaml",
          bytes: printer.print([kustomization]).bytes, isInFolder: true))
    }
    return files
  }

  /// Whether a name may be that of a file that was written here for another form: a number, then words.
  package static func isOwn(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    return name.hasSuffix(".yaml") && bytes.count > 8 && bytes[2] == UInt8(ascii: "-")
      && bytes[..<2].allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
  }

  /// The files by their names, each with what it holds, in apply order.
  private func named(_ objects: [ObjectName], _ documents: [Node])
    -> [(name: String, documents: [Node])]
  {
    var files: [(name: String, documents: [Node])] = []
    var names: [ObjectName: String] = [:]
    for (object, document) in zip(objects, documents) {
      names[object] = document["metadata"]?["name"]?.scalar?.text
    }
    for (object, document) in zip(objects, documents) {
      let name = Self.fileName(object, document, names)
      if let place = files.firstIndex(where: { $0.name == name }) {
        files[place].documents.append(document)
      } else {
        files.append((name, [document]))
      }
    }
    return files
  }

  /// Numbered in apply order, so that `kubectl apply -f folder/` does the right thing.
  private static func fileName(
    _ object: ObjectName, _ document: Node, _ names: [ObjectName: String]
  ) -> String {
    switch object {
    case .gatewayClass: "00-a-class.yaml"
    case .proxy: "00-a-proxy.yaml"
    case .gateway: "00-a-gateway.yaml"
    case .part(.pool, _): "04-pool-\(plain(names[object] ?? "")).yaml"
    case .part(_, let index):
      // All but the TLS policy have the backend's name.
      "02-backend-\(plain(names[.part(.service, index)] ?? names[object] ?? "")).yaml"
    case .opened, .provider: "02-backend-\(plain(names[object] ?? "")).yaml"
    case .policy: "00-buffer.yaml"
    case .grant(let index):
      "05-grant-\(index + 1)-\(plain(document["metadata"]?["namespace"]?.scalar?.text ?? "")).yaml"
    case .route: "10-route.yaml"
    case .retry: "20-retry.yaml"
    }
  }

  /// A namespace as part of a file's name: nothing in it leads out of the folder.
  private static func plain(_ text: String) -> String {
    String(text.map { $0.isLetter || $0.isNumber ? $0 : "-" })
  }
}

/// Words for a POSIX shell.
package enum Shell {
  /// A word as a shell reads it back, quoted only where it must be.
  package static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "="),
          UInt8(ascii: "@"), UInt8(ascii: "%"), UInt8(ascii: "+"), UInt8(ascii: ","):
          true
        default: false
        }
      }
    if isPlain { return word }
    if word.unicodeScalars.contains(where: isControl) { return escaped(word) }
    var quoted = "'"
    for character in word { quoted += character == "'" ? "'\\''" : String(character) }
    return quoted + "'"
  }

  /// What a terminal might execute or hide, and what is printed as an escape for that; line ends and tabs
  /// are harmless between quotes.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control: scalar != "\n" && scalar != "\t"
    case .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
    case _: !scalar.isASCII && scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  /// A word with its controls as escapes, which newer shells read (POSIX.1-2024, bash, zsh).
  private static func escaped(_ word: String) -> String {
    let digits = Array("0123456789abcdef")
    var escaped = "$'"
    for scalar in word.unicodeScalars {
      switch scalar {
      case "'", "\\": escaped += "\\\(scalar)"
      case "\n": escaped += "\\n"
      case _ where scalar.value < 0x20 || isControl(scalar):
        for byte in UTF8.encode(scalar) ?? .init() {
          escaped += "\\x\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
        }
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped + "'"
  }
}
