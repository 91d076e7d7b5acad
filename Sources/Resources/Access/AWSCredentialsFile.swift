import Schemas

/// A file with credentials of AWS, as its library for Go reads it (aws/aws-sdk-go-v2,
/// config v1.32.25, config/shared_config.go, internal/ini).
package struct AWSCredentialsFile {
  package enum Problem: Hashable, Sendable {
    /// No section [default], the only one that is read.
    case noDefault
    /// One half of a key without the other, for which the file is not read at all.
    case half(String, missing: String)
    /// A section [default] from which nothing follows.
    case noKeys
  }

  /// The settings under [default], nil without that section.
  private let settings: [String: String]?

  package init(_ text: String) {
    var settings: [String: String]?
    var isDefault = false
    for line in text.split(whereSeparator: \.isNewline) {
      let bare = String(line).trimmed
      if bare.isEmpty || bare.hasPrefix("#") || bare.hasPrefix(";") { continue }
      if bare.hasPrefix("["), let end = bare.firstIndex(of: "]") {
        isDefault = String(bare[..<end].dropFirst()).trimmed == "default"
        if isDefault { settings = settings ?? [:] }
      } else if isDefault, line.first?.isWhitespace == false,
        let mark = line.firstIndex(where: { $0 == "=" || $0 == ":" })
      {
        // What is indented belongs to the line before.
        settings?[String(line[..<mark]).trimmed.lowercased()] =
          String(line[line.index(after: mark)...]).trimmed
      }
    }
    self.settings = settings
  }

  /// Nil where it may well hold credentials.
  package var problem: Problem? {
    guard let settings else { return .noDefault }
    let (id, secret) = ("aws_access_key_id", "aws_secret_access_key")
    switch (settings[id] == nil, settings[secret] == nil) {
    case (false, false): return nil
    case (false, true): return .half(id, missing: secret)
    case (true, false): return .half(secret, missing: id)
    case (true, true):
      let isTaken = settings.keys.contains { key in Self.otherSources.contains { key.hasPrefix($0) }
      }
      return isTaken ? nil : .noKeys
    }
  }

  /// How settings begin by which credentials are got from elsewhere.
  private static let otherSources = [
    "role_arn", "source_profile", "credential_", "web_identity_", "sso_",
  ]
}
