/// Manifests in the styles that people and tools write.
package enum Corpus {
  package struct Sample: Sendable, CustomStringConvertible {
    package var name: String
    package var text: String
    /// Whether parts of it depend on others, or cannot be told apart, so that a block around an
    /// edit may have to be printed anew.
    package var isTangled = false

    package init(name: String, text: String, isTangled: Bool = false) {
      self.name = name
      self.text = text
      self.isTangled = isTangled
    }

    package var bytes: [UInt8] { Array(text.utf8) }
    package var description: String { name }
  }

  /// Every style, as it is and as other systems and editors leave it.
  package static let all = styles + routes + variants

  private static let variants = (styles + routes).flatMap { style in
    [
      Sample(
        name: "\(style.name), CRLF",
        text: style.text.contains("\r") ? style.text : style.text.replacing("\n", with: "\r\n"),
        isTangled: style.isTangled),
      Sample(
        name: "\(style.name), no final newline",
        text: String(style.text.reversed().drop { $0.isNewline }.reversed()),
        isTangled: style.isTangled || style.text.contains(": |") || style.text.contains(": >")),
      Sample(
        name: "\(style.name), byte order mark", text: "\u{FEFF}" + style.text,
        isTangled: style.isTangled),
    ]
  }

  package static let styles: [Sample] = [
    Sample(
      name: "plain",
      text: """
        apiVersion: aigateway.envoyproxy.io/v1beta1
        kind: AIGatewayRoute
        metadata:
          name: chat
          namespace: models
        spec:
          parentRefs:
            - name: gw
              kind: Gateway
          rules:
            - name: split
              matches:
                - headers:
                    - type: Exact
                      name: x-ai-eg-model
                      value: gpt-4o
              backendRefs:
                - name: openai
                  weight: 70
                - name: bedrock
                  modelNameOverride: anthropic.claude
                  weight: 30
              timeouts:
                request: 120s

        """),
    Sample(
      name: "comments everywhere",
      text: """
        # Licence: none at all
        # second line of it

        # about the version
        apiVersion: v1 # the version
        kind: Route   # the kind
        # between kind and metadata

        metadata: # meta
          # about the name
          name: chat # name
          # under the name

          # about labels
          labels: # labels
            # first label
            app: chat # app
            # dangling label
        spec: # spec
          # before rules
          rules: # rules
            # first rule
            # in two lines
            - name: a # a
              # about weight of a
              weight: 1 # one
              # end of a

            # detached

            # second rule
            - name: b # b
              weight: 2 # two
            #- name: commented out
            #  weight: 3

            - # third rule on the dash
              name: c # c
            # after all rules
          # after rules in spec
        # at the very end

        """),
    Sample(
      name: "unindented sequences",
      text: """
        kind: Route
        spec:
          # one gateway
          parentRefs:
          - name: gw
            namespace: infra
          rules:
          - backendRefs:
            - name: one
              weight: 1
            - name: two # second
            matches:
            - headers:
              - name: model
                value: m1
          # second
          - backendRefs:
            - name: three
          hostnames:
          - a.example.com
          - b.example.com

        """),
    Sample(
      name: "four spaces",
      text: """
        kind: Route
        metadata:
            name: wide
            annotations:
                team: search   # team
        spec:
            rules:
                -   name: a
                    refs:
                        -   name: x
                            weight: 10
                        -   name: y
                            weight: 90
                -   name: b

        """),
    Sample(
      name: "three spaces and one",
      text: """
        kind: Route
        spec:
           rules:
              - name: a
                open: {}
              - name: b
           other:
            deep:
             deeper: 1
             list:
             - 1
             - 2

        """),
    Sample(
      name: "blank lines between rows",
      text: """
        kind: Route

        metadata:

          name: airy


        spec:

          rules:

            - name: a

              weight: 1


            - name: b

              weight: 2

          timeouts: 5s


        """),
    Sample(
      name: "several documents",
      text: """
        # the first
        kind: A
        name: a
        ---
        kind: B
        list:
          - 1
        # at the end of B
        --- # the third
        kind: C
        ...
        # between
        ---
        kind: D
        ---
        # nothing here
        ---
        kind: E

        """),
    Sample(
      name: "markers at both ends",
      text: """
        ---
        # head
        kind: A
        spec: {}
        ...
        ---
        kind: B
        ...

        """),
    Sample(
      name: "directives",
      text: """
        %YAML 1.1
        # after the directive
        ---
        kind: A
        n: 1
        ...
        %TAG !e! tag:example.com,2024:
        ---
        kind: B
        v: !e!thing x

        """, isTangled: true),
    Sample(
      name: "anchors and aliases",
      text: """
        kind: Route
        defaults:
          timeout: &t 60s # shared
          labels: &labels
            team: a # team
            tier: gold
          list: &list
            - x
            - y
        rules:
          - name: a
            timeout: *t
            labels: *labels
          # second
          - name: b
            timeout: *t # again
            list: *list
          - name: c
            timeout: 5s

        """, isTangled: true),
    Sample(
      name: "merge keys",
      text: """
        base: &base
          retries: 2 # retries
          timeout: 10s
        other: &other {zone: z}
        rules:
          # a rule
          - <<: *base
            name: a
            timeout: 20s # longer
          - name: b
            <<: [*base, *other]
          - name: c

        """, isTangled: true),
    Sample(
      name: "flow collections",
      text: """
        kind: {name: Route, version: 1} # flow
        empty: {}
        none: []
        list: [a, b, "c d", 'e', 1, true, null]
        nested: {a: [1, {b: c}], d: {}}
        rows:
          - {name: a, weight: 1} # first
          - {name: b, weight: 2, tags: [x]}
        long: {
          one: 1,
          two: [
            x,
            y
          ],
          three: 3
        }
        tight: {a: 1,b: [1,2,3]}
        trailing: [a, b, ]
        spaced: [ a , b ]

        """),
    Sample(
      name: "tangled flow",
      text: """
        list: [a, # first
          b, # second
          c]
        pairs: [a: 1, b]
        keys: {a, b: 1, ? c : 2}
        quoted: {"a":1, 'b':2}
        deep: [[a, [b]], [{c: [d]}]]
        after: 1 # kept

        """, isTangled: true),
    Sample(
      name: "block scalars",
      text: """
        kind: ConfigMap
        data:
          literal: |
            first line
              indented
            # no comment

            last line
          # after literal
          strip: |-
            no newline
          folded: >
            some words
            on two lines

            and a paragraph
          foldedstrip: >- # header comment
            words
          indent: |2
              deeper
            less
        list:
          - |
            item
            text
          - >-
            folded item
          - plain # p
        script: |
          #!/bin/sh
          echo "hi"

        """),
    Sample(
      name: "blank lines kept by a block",
      text: """
        data:
          keep: |+
            kept

          # after keep
          last: >+
            words


        """, isTangled: true),
    Sample(
      name: "a block scalar at the end",
      text: """
        kind: X
        data:
          text: |
            one
            two


        """),
    Sample(
      name: "keys in quotes",
      text: """
        "kind": Route
        'spec':
          "a.b/c": 1 # slash
          'it''s': 2
          "tab\\tkey": x
          ? simple
          : value
        labels:
          "app.kubernetes.io/name": "x"
          "1": number

        """, isTangled: true),
    Sample(
      name: "every string in double quotes",
      text: """
        kind: "Route"
        metadata:
          name: "chat" # name
          annotations:
            note: "say \\"hi\\" \\u00e9"
        spec:
          rules:
            - name: "a"
              model: "m"
              weight: 1
            - name: "b"
              model: "n"
              weight: 2

        """),
    Sample(
      name: "every string in single quotes",
      text: """
        kind: 'Route'
        metadata:
          name: 'chat'   # it''s
          note: 'don''t'
        spec:
          rules:
          - name: 'a'
            value: '50Mi'
          - name: 'b'
            value: '60Mi'

        """),
    Sample(
      name: "strings over several lines",
      text: """
        kind: Route
        plain: words that go
          on and
          on
        double: "words that \\
          go on

          and on" # after double
        single: 'words
          that go'
        below:
          on the next line # below
        list:
          - a
            b
          - "c
            d"
        after: 1

        """),
    Sample(
      name: "typed scalars",
      text: """
        a: yes
        b: 'yes'
        c: ~
        d:
        e: null # null
        f: 0x1F
        g: 1_000
        h: 1e3
        i: .5
        j: 2024-05-21
        k: 1:30
        l: "1.0"
        m: ""
        nn: ''
        o:
          -
          - ~
          - # nothing
          - 1
        p: 012

        """),
    Sample(
      name: "tags",
      text: """
        a: !!str 5 # five
        b: !!int "7"
        c: !custom x
        d: !!map
          e: 1
        f: !!seq
          - 1
        g: !local {h: 1}
        i: !!binary aGVsbG8=

        """, isTangled: true),
    Sample(
      name: "as kubectl prints it",
      text: """
        apiVersion: aigateway.envoyproxy.io/v1beta1
        kind: AIGatewayRoute
        metadata:
          annotations:
            kubectl.kubernetes.io/last-applied-configuration: |
              {"apiVersion":"aigateway.envoyproxy.io/v1beta1","kind":"AIGatewayRoute","metadata":{"annotations":{},"name":"chat","namespace":"default"},"spec":{"rules":[{"backendRefs":[{"name":"openai"}]}]}}
          creationTimestamp: "2024-05-21T10:00:00Z"
          finalizers:
          - aigateway.envoyproxy.io/finalizer
          generation: 3
          name: chat
          namespace: default
          resourceVersion: "123456"
          uid: 00000000-0000-4000-8000-000000000000
        spec:
          parentRefs:
          - group: gateway.networking.k8s.io
            kind: Gateway
            name: gw
          rules:
          - backendRefs:
            - name: openai
              priority: 0
              weight: 1
            matches:
            - headers:
              - name: x-ai-eg-model
                type: Exact
                value: gpt-4o
        status:
          conditions:
          - lastTransitionTime: "2024-05-21T10:00:01Z"
            message: AI Gateway Route reconciled successfully
            reason: Accepted
            status: "True"
            type: Accepted

        """),
    Sample(
      name: "a list as kubectl prints it",
      text: """
        apiVersion: v1
        items:
        - apiVersion: v1
          kind: A
          metadata:
            name: one
        - apiVersion: v1
          kind: B
          spec:
            refs:
            - name: x
            - name: y
        kind: List
        metadata:
          resourceVersion: ""

        """),
    Sample(
      name: "as Helm prints it",
      text: """
        ---
        # Source: gateway/templates/route.yaml
        apiVersion: v1
        kind: Route
        metadata:
          name: release-name-route
          labels:
            helm.sh/chart: gateway-0.1.0
            app.kubernetes.io/name: gateway
            app.kubernetes.io/managed-by: Helm
        spec:
          rules:

            - backendRefs:
                - name: "openai"
                  weight: 100
              

            - backendRefs:
                - name: "bedrock"
        ---
        # Source: gateway/templates/policy.yaml
        apiVersion: v1
        kind: Policy
        spec:
          targetRefs:
            
            - name: release-name-route

        """),
    Sample(
      name: "JSON",
      text: """
        {
          "apiVersion": "v1",
          "kind": "Route",
          "metadata": {
            "name": "chat",
            "labels": {}
          },
          "spec": {
            "rules": [
              {
                "name": "a",
                "weight": 1
              },
              {
                "name": "b",
                "refs": ["x", "y"],
                "on": true,
                "off": null
              }
            ]
          }
        }

        """),
    Sample(
      name: "JSON on one line",
      text:
        #"{"apiVersion":"v1","kind":"Route","metadata":{"name":"chat"},"spec":{"rules":[{"name":"a","weight":1},{"name":"b"}]}}"#
        + "\n"),
    Sample(
      name: "tabs where they may stand",
      text:
        "kind:\tRoute\t# after a tab\n#\tcomment\nspec:\n  a: 1 \t # one\n  b: [1,\t2]\n  c: x\n"
    ),
    Sample(
      name: "keys that are there twice",
      text: """
        kind: A
        a: 1 # first
        b: 2
        a: 3 # second
        rows:
          - x: 1
            y: 2
            x: 3
          - z: 1

        """, isTangled: true),
    Sample(
      name: "trailing blanks",
      text:
        "kind: A   \nspec:  \n  a: 1  \n  list:   \n    - x \n    -   y\t\n  \nb:   # c  \n  c: d\n   \n"
    ),
    Sample(
      name: "long lines",
      text:
        "kind: A\nlong: \(String(repeating: "word ", count: 3000))end # comment\nquoted: \"\(String(repeating: "é", count: 4000))\"\nlist: [\(String(repeating: "item, ", count: 1500))last]\nafter: 1\n"
    ),
    Sample(
      name: "every alphabet",
      text: """
        # übung — 漢字 😀
        kind: Größe # café
        名前: 値 # コメント
        list: [é, "ß", 漢字]
        rows:
          - name: naïve
            note: "👩‍👩‍👧 family" # 👍
          - name: e\u{301}
            note: עברית
        é: 1

        """),
    Sample(
      name: "sequences in sequences",
      text: """
        grid:
          - - a
            - b # b
          - - c
            # before d
            - d
          -
            - e
            - - f
              - - g
                - h
        - x
        """.replacing("\n- x", with: "\nrows:\n- - 1\n  - 2\n- - 3\n")),
    Sample(
      name: "a sequence as a document",
      text: """
        # list
        - name: a
          size: 1

        # second
        - name: b
        - [c, d]
        - e

        """),
    Sample(
      name: "a document with an indent",
      text: """
          # indented
          kind: A
          spec:
            a: 1
            b:
            - x

        """),
    Sample(
      name: "values below their keys",
      text: """
        kind:
          A
        spec:
          # about a
          a:

            # far below
            b:
              c: 1
          list:
            # first
            -
              name: x
              # about size
              size: 1
            -

              name: y
          flow:
            {a: 1}

        """),
    Sample(
      name: "colons with room",
      text: """
        kind    : A
        spec    :
          a     : 1
          bb    : 2 # two
          list  :
            -     x
            -     y

        """),
    Sample(
      name: "comments with less and more indent",
      text: """
        spec:
          a: 1
        # at the margin
          b: 2
              # far right
          c:
            - x
          # above y
            - y
               # right of z
            - z
            # below z
          # below c
          d: 4

        """),
    Sample(
      name: "old line ends",
      text: "kind: A\rspec:\r  a: 1\r", isTangled: true),
    Sample(
      name: "line separators of Unicode",
      text: "kind: A\na: \"x\u{2028}y\"\nb: 1 # c\n---\nkind: B\n", isTangled: true),
    Sample(name: "nothing", text: ""),
    Sample(name: "only a comment", text: "# nothing here\n"),
    Sample(name: "only a marker", text: "---\n"),
    Sample(name: "one word", text: "word\n"),
  ]
}
