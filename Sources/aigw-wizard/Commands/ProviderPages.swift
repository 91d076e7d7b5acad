import Schemas
import Resources
import RouteForm

/// What `explain` says of the presets of `--provider`.
enum ProviderPages {
  /// Every preset, a line each.
  static var list: String {
    "presets for --provider NAME=PRESET,KEY=VALUE and for the card of a backend:\n"
      + ProviderPreset.all.map { preset in
        let mark = preset.isConfirmed ? "" : " (check with the provider)"
        return "  \(preset.name.padded(to: 18))\(preset.title)\(mark)"
      }.joined(separator: "\n")
      + "\n\naigw-wizard explain provider NAME lists the keys of one."
  }

  /// One preset: its host and API, the kinds of credentials, and the keys it takes.
  static func page(of name: String?) throws(Failure) -> String {
    guard let name else {
      throw Failure(
        status: Exit.usage, message: "explain provider NAME; explain providers lists them")
    }
    let names = ProviderPreset.all.map(\.name)
    guard let preset = ProviderPreset.named(name) else {
      let near = NearestWord.match(for: name, among: names).map { "; did you mean \($0)?" }
      throw Failure(
        status: Exit.usage,
        message: "there is no provider \(name.quoted)\(near ?? "; explain providers lists them")")
    }
    var facts = ["\(preset.name): \(preset.title)"]
    if let caution = preset.caution { facts.append(caution) }
    facts.append("")
    if !preset.host.isEmpty {
      facts.append(
        "host: \(preset.host), port \(preset.port), \(preset.usesTLS ? "TLS" : "no TLS")")
    }
    var schema = "API: \(preset.schema.rawValue)"
    if let prefix = preset.prefix { schema += ", prefix \(prefix)" }
    if let version = preset.version { schema += ", version \(version)" }
    facts += [schema, "example model: \(preset.model)", "", "credentials:"]
    for (index, credentials) in preset.credentials.enumerated() {
      var provider = FormState.Provider(name: "NAME", preset: preset.name)
      provider.choose(credentials)
      let needed = provider.missingSettings(isPool: preset.family == .pool).map(\.rawValue)
      let suffix = index == 0 ? " (the default)" : ""
      facts.append("  \(credentials.rawValue.padded(to: 15))\(credentials.summary)\(suffix)")
      if !needed.isEmpty {
        facts.append("  \("".padded(to: 15))needs \(needed.joined(separator: ", "))")
      }
      if let secret = provider.secret {
        facts.append("  \("".padded(to: 15))Secret \(secret.name), key \(secret.key)")
      }
    }
    facts += ["", "keys:"]
    facts += FormState.Provider.settings(of: preset).filter { $0 != .name && $0 != .preset }.map {
      "  \($0.rawValue.padded(to: 17))\($0.help)"
    }
    facts.append(
      "  \("model".padded(to: 17))The model name that is sent to the provider (modelNameOverride).")
    facts.append("  \("deployment".padded(to: 17))The same as model, in Azure's terms.")
    return facts.joined(separator: "\n")
  }
}
