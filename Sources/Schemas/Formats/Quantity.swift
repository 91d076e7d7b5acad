/// Sizes in bytes as the policies write them: `50Mi`, `512k`, `32768` (kubernetes/kubernetes
/// v1.36.2, staging/src/k8s.io/apimachinery/pkg/api/resource).
package enum Quantity {
  /// The number of bytes, `Int64.max` where it is more; nil for text that is no size.
  package static func bytes(_ text: String) -> Int64? {
    var value: Int64 = 0
    var digits = 0
    var unit = ""
    for byte in text.utf8 {
      if byte.isDigit, unit.isEmpty {
        // A leading zero is refused by the schema, so `05Mi` and `0` are no sizes.
        if digits == 0, byte == UInt8(ascii: "0") { return nil }
        value = product(value, 10)
        let (sum, overflow) = value.addingReportingOverflow(Int64(byte - 0x30))
        value = overflow ? .max : sum
        digits += 1
      } else {
        unit.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    guard digits > 0, let factor = factor(of: unit) else { return nil }
    return product(value, factor)
  }

  /// Whether a text is an amount of some resource: a number that may have a sign, a point and a
  /// suffix, or an exponent that may have them too.
  static func isAmount(_ bytes: [UInt8]) -> Bool {
    guard let suffix = afterNumber(bytes[...]) else { return false }
    if suffixes.contains(where: { suffix.elementsEqual($0.utf8) }) { return true }
    guard suffix.first == UInt8(ascii: "e") || suffix.first == UInt8(ascii: "E") else {
      return false
    }
    return afterNumber(suffix.dropFirst())?.isEmpty ?? false
  }

  /// The value of an amount of some resource, as near as a floating-point number comes to it; nil for
  /// text that is none.
  package static func amount(of text: String) -> Double? {
    let bytes = Array(text.utf8)
    guard isAmount(bytes), let suffix = afterNumber(bytes[...]) else { return nil }
    let unit = String(decoding: suffix, as: UTF8.self)
    let number = Double(String(decoding: bytes.dropLast(suffix.count), as: UTF8.self))
    if let factor = ["n": 1e-9, "u": 1e-6, "m": 1e-3][unit] ?? factor(of: unit).map(Double.init) {
      return number.map { $0 * factor }
    }
    return Double(text)
  }

  private static let suffixes = [
    "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei",
  ]

  /// What stands behind a number with at most one sign and one point, nil where there is none.
  private static func afterNumber(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var rest = bytes
    if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
      rest = rest.dropFirst()
    }
    let whole = rest.prefix(while: \.isDigit)
    rest = rest.dropFirst(whole.count)
    guard rest.first == UInt8(ascii: ".") else { return whole.isEmpty ? nil : rest }
    let fraction = rest.dropFirst().prefix(while: \.isDigit)
    return whole.isEmpty && fraction.isEmpty ? nil : rest.dropFirst(1 + fraction.count)
  }

  private static func product(_ left: Int64, _ right: Int64) -> Int64 {
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    return overflow ? .max : product
  }

  private static func factor(of unit: String) -> Int64? {
    switch unit {
    case "": 1
    case "k": 1000
    case "M": 1_000_000
    case "G": 1_000_000_000
    case "T": 1_000_000_000_000
    case "P": 1_000_000_000_000_000
    case "E": 1_000_000_000_000_000_000
    case "Ki": 1 << 10
    case "Mi": 1 << 20
    case "Gi": 1 << 30
    case "Ti": 1 << 40
    case "Pi": 1 << 50
    case "Ei": 1 << 60
    default: nil
    }
  }
}
