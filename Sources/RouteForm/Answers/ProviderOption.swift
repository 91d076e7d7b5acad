internal import Resources
internal import Schemas
internal import YAML

/// `--provider NAME=PRESET,key=value` and `--with-gateway NAME,key=value`.
extension AnswersFile {
  /// Describes a backend of the route, as `--provider` says.
  package static func describe(_ option: String, in form: inout FormState) throws(AnswersError) {
    guard let equals = option.firstIndex(of: "=") else {
      throw AnswersError("--provider \(option): no '='; use NAME=PRESET[,key=value...]")
    }
    let name = String(option[..<equals])
    let words = option[option.index(after: equals)...].split(
      separator: ",", omittingEmptySubsequences: false
    ).map(String.init)
    var settings: [(key: String, value: String)] = [("preset", words.first ?? "")]
    for word in words.dropFirst() {
      guard let equals = word.firstIndex(of: "=") else {
        throw AnswersError("--provider \(name): \(word.quoted) is not key=value")
      }
      let key = String(word[..<equals])
      guard !settings.contains(where: { $0.key == key }) else {
        throw AnswersError("--provider \(name): \(key)= is given twice")
      }
      settings.append((key, String(word[word.index(after: equals)...])))
    }
    do throws(AnswersError) {
      let index = try describe(name, settings, in: &form)
      try check(form.providers[index], isPool: form.isPool(form.providers[index]))
    } catch {
      throw AnswersError("--provider \(name): \(error.message)")
    }
  }

  /// A provider can be asked once nothing is missing that only the user knows.
  private static func check(
    _ provider: FormState.Provider, isPool: Bool
  ) throws(AnswersError) {
    try checkCredentials(of: provider)
    if let idle = provider.idleSettings.first, let preset = provider.preset {
      throw AnswersError(
        "\(idle.rawValue)= has no effect with \(preset.name) and credentials="
          + provider.credentials.rawValue)
    }
    let missing = provider.missingSettings(isPool: isPool)
    guard missing.isEmpty else {
      throw AnswersError(
        "needs "
          + missing.map { setting in
            let help = setting.help.hasSuffix(".") ? String(setting.help.dropLast()) : setting.help
            return "\(setting.rawValue)= (\(help.firstLowercased))"
          }.joined(separator: "; "))
    }
  }

  /// Describes the backend of a name, and returns its place.
  static func describe(
    _ name: String, _ settings: [(key: String, value: String)], in form: inout FormState
  ) throws(AnswersError) -> Int {
    let index: Int
    if let known = form.providers.firstIndex(where: { $0.label == name }) {
      index = known
    } else {
      index = form.describe(try ref(named: name, in: form), preset: nil)
    }
    for (key, value) in settings {
      if key == "model" || key == "deployment" {
        form.setModel(value.isEmpty ? nil : value, of: index)
        continue
      }
      guard let setting = ProviderSetting(rawValue: key), setting != .name else {
        let keys =
          ProviderSetting.allCases.map(\.rawValue).filter { $0 != "name" }
          + ["model", "deployment"]
        let near = NearestWord.match(for: key, among: keys)
        throw AnswersError(
          "there is no key \(key.quoted)"
            + (near.map { "; did you mean \($0)?" } ?? "; use \(keys.joined(separator: ", "))"))
      }
      try set(setting, to: value, of: index, in: &form)
    }
    return index
  }

  /// A preset takes the credentials that its provider has.
  private static func checkCredentials(of provider: FormState.Provider) throws(AnswersError) {
    guard let chosen = provider[.credentials], let preset = provider.preset,
      !preset.credentials.contains(where: { $0.rawValue == chosen })
    else { return }
    throw AnswersError(
      "credentials=\(chosen): \(preset.name) takes "
        + preset.credentials.map(\.rawValue).joined(separator: ", "))
  }

  private static func set(
    _ setting: ProviderSetting, to value: String, of index: Int, in form: inout FormState
  ) throws(AnswersError) {
    if setting == .preset, ProviderPreset.named(value) == nil {
      let names = ProviderPreset.all.map(\.name)
      let near = NearestWord.match(for: value, among: names)
      throw AnswersError(
        "there is no preset \(value.quoted)"
          + (near.map { "; did you mean \($0)?" } ?? "; use \(names.joined(separator: ", "))"))
    }
    let address = Address.provider(index, setting)
    form.type(value, at: address)
    if form.invalidTexts[address] != nil {
      let message = form.errorMessage(of: value, at: address)
      form.invalidTexts[address] = nil
      throw AnswersError("\(setting.rawValue)=\(value): \(message)")
    }
  }

  /// The backendRef of a name, `NAMESPACE/NAME` for one of another namespace.
  private static func ref(named name: String, in form: FormState) throws(AnswersError) -> PlacedRef
  {
    let refs = form.placedRefs.filter { !$0.name.isEmpty }
    let found = refs.filter { $0.name == name || "\($0.namespace ?? "")/\($0.name)" == name }
    guard let first = found.first else {
      var names: [String] = []
      for ref in refs where !names.contains(ref.name) { names.append(ref.name) }
      throw AnswersError(
        "no backendRef has this name; the route has "
          + (names.isEmpty ? "none with a name" : names.joined(separator: ", ")))
    }
    guard found.allSatisfy({ $0.namespace == first.namespace }) else {
      throw AnswersError("several namespaces have it: use NAMESPACE/NAME")
    }
    return first
  }

  /// Has the form write the Gateway and its class, as `--with-gateway` says.
  package static func writeGateway(
    _ option: String, in form: inout FormState
  ) throws(AnswersError) {
    let words = option.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let name = words.first ?? ""
    let parent = FormState.parentList.appending(0).appending("name")
    let parents = form.parentRefs.compactMap { $0["name"]?.scalar?.text }
    if parents.isEmpty {
      form.type(name, at: parent)
    } else if parents.first != name {
      throw AnswersError(
        "--with-gateway \(name): the route's first Gateway is \(parents[0])")
    }
    form.writesGateway = true
    form.writesClass = true
    let settings = words.dropFirst().map { word in
      word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    }
    // Last, which namespaces every listener admits.
    for setting in settings.filter({ $0[0] != "from" }) + settings.filter({ $0[0] == "from" }) {
      try setGateway(setting[0], setting.count > 1 ? setting[1] : "", in: &form)
    }
  }

  private static func setGateway(
    _ key: String, _ value: String, in form: inout FormState
  ) throws(AnswersError) {
    let spec = Address(.gateway, Path([.key("spec")]))
    let listeners = spec.appending("listeners")
    let places: [Address]
    switch key {
    case "class": places = [spec.appending("gatewayClassName")]
    case "http": places = [listeners.appending(0).appending("port")]
    case "https":
      guard !value.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
        throw AnswersError(
          "--with-gateway: https=\(value): use the Secret with the certificate, such as "
            + "https=gateway-tls; the port is 443")
      }
      let count = form.value(at: listeners)?.items.count ?? 0
      _ = form.insert(form.httpsListener(secret: value), into: listeners, at: count)
      places = [
        listeners.appending(count).appending("tls").appending("certificateRefs").appending(0)
          .appending("name")
      ]
    case "from":
      guard value == "All" || value == "Same" else {
        throw AnswersError("--with-gateway: from=\(value) is neither All nor Same")
      }
      places = (0..<(form.value(at: listeners)?.items.count ?? 0)).map {
        listeners.appending($0).appending("allowedRoutes").appending("namespaces")
          .appending("from")
      }
    default:
      throw AnswersError(
        "--with-gateway: there is no key \(key.quoted); use class, http, https, from")
    }
    for place in places {
      form.type(value, at: place)
      if form.invalidTexts[place] != nil {
        throw AnswersError(
          "--with-gateway: \(key)=\(value): \(form.errorMessage(of: value, at: place))")
      }
    }
  }
}
