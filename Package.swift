// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// Nothing in the program uses Swift's Regex, whose parser and engine would add 1 MB to it. With a
/// section for each function the linker can leave out and order single ones.
let lean =
  strict + [
    .unsafeFlags(["-Xfrontend", "-disable-implicit-string-processing-module-import"]),
    .unsafeFlags(["-Xfrontend", "-function-sections"], .when(configuration: .release)),
  ]

/// How the released program is linked, for less memory, a sooner start and no needs of its own: all
/// libraries in it, at a fixed address, which takes no relocations; equal functions folded into one;
/// and the functions that a session calls side by side (`.link/order`, which `.link/reorder` writes).
let compact: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-static-executable", "-use-ld=lld", "-Xlinker", "--icf=all",
      "-Xlinker", "--symbol-ordering-file=\(Context.packageDirectory)/.link/order",
      "-Xlinker", "--no-warn-symbol-ordering",
    ], .when(configuration: .release))
]

/// A library of this package: its name is its folder's, its dependencies say what it may know.
func part(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: lean)
}

/// The tests of one part, in the folder `<part>Tests`; `data` there they read for themselves.
func tests(_ part: String, _ dependencies: [Target.Dependency], data: [String] = []) -> Target {
  .testTarget(
    name: "\(part)Tests", dependencies: dependencies, exclude: data, swiftSettings: strict)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "aigw-wizard",
  dependencies: [
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0")
  ],
  targets: [
    .systemLibrary(name: "CNcurses"),
    .systemLibrary(name: "CLibYAML"),
    part("Screen"),
    part("Manifest", ["CLibYAML"]),
    part("Kinds", ["Manifest"]),
    part("RE2"),
    part("Resources", ["Kinds", "Manifest", "RE2"]),
    part("Lint", ["Kinds", "Manifest", "RE2", "Resources"]),
    part("Simulation", ["Kinds", "Manifest", "RE2", "Resources"]),
    part("RouteForm", ["Kinds", "Lint", "Manifest", "Resources"]),
    part(
      "Wizard",
      ["Kinds", "Lint", "Manifest", "Resources", "RouteForm", "Screen", "Simulation"]),
    part("Curses", ["CNcurses", "Screen"]),
    .executableTarget(
      name: "aigw-wizard",
      dependencies: [
        "Curses", "Kinds", "Lint", "Manifest", "Resources", "RouteForm", "Screen", "Simulation",
        "Wizard",
      ],
      swiftSettings: lean, linkerSettings: compact),
    .executableTarget(
      name: "benchmark",
      dependencies: ["Lint", "Manifest", "RouteForm", "Screen", "Simulation", "Wizard"],
      swiftSettings: strict),
    .target(name: "Corpus", path: "Tests/Corpus", swiftSettings: strict),
    tests("Screen", ["Screen"]),
    tests("Manifest", ["Corpus", "Manifest", yams]),
    tests("Kinds", ["Kinds", "Manifest"]),
    tests("RE2", ["RE2"]),
    tests("Lint", ["Lint", "Kinds", "Manifest", "Resources", "Simulation"], data: ["Fixtures"]),
    tests("Simulation", ["Corpus", "Simulation", "Kinds", "Lint", "Manifest", "Resources"]),
    tests("RouteForm", ["RouteForm", "Lint", "Kinds", "Manifest"]),
    tests(
      "Wizard",
      [
        "Corpus", "Wizard", "RouteForm", "Lint", "Kinds", "Manifest", "Resources", "Screen",
        "Simulation",
      ],
      data: ["Snapshots"]),
    tests("Program", ["aigw-wizard", "Lint", "Manifest", yams], data: ["Situations"]),
  ]
)
