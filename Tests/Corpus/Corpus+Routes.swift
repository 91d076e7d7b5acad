/// Whole routes and what belongs to them, in the styles of those who keep them.
extension Corpus {
  static let routes: [Sample] = [
    Sample(
      name: "a team's route",
      text: """
        apiVersion: gateway.envoyproxy.io/v1alpha1
        kind: ClientTrafficPolicy
        metadata:
          name: buffer
          namespace: team-a
        spec:
          targetRefs:
            - group: gateway.networking.k8s.io
              kind: Gateway
              name: gw
          connection:
            bufferLimit: 50Mi
        ---
        apiVersion: aigateway.envoyproxy.io/v1beta1
        kind: AIGatewayRoute
        metadata:
          name: chat
          namespace: team-a
          labels:
            team: a
        spec:
          parentRefs:
            - name: gw
              kind: Gateway
          rules:
            - name: split
              matches:
                - headers:
                    - name: x-ai-eg-model
                      value: gpt-4o
              backendRefs:
                - name: openai
                  weight: 70
                - name: far
                  namespace: shared
              timeouts:
                request: 120s
        ---
        apiVersion: gateway.envoyproxy.io/v1alpha1
        kind: BackendTrafficPolicy
        metadata:
          name: retry
          namespace: team-a
        spec:
          targetRefs:
            - group: gateway.networking.k8s.io
              kind: HTTPRoute
              name: chat
          retry:
            numRetries: 3

        """),
    Sample(
      name: "a wiki's route",
      text: """
        # Who may use what.
        kind: AIGatewayRoute   # the route
        apiVersion: "aigateway.envoyproxy.io/v1beta1"

        metadata:
            namespace: 'team-a'
            name: chat

            # labels for the bill
            labels: {team: a}
            annotations:
                note: |
                    # not a comment
                      weight: 1
        spec:
            # two rules
            rules:

            - name: split   # first

              # gone soon
              backendRefs:
              # the main one
              - weight: 0070
                name: &main openai   # see the wiki
              -   name: "far"
                  namespace: shared

              # after the rows
            - backendRefs:
              - {name: last, weight: 1}   # all else
            parentRefs:
            -   name: gw
                kind: Gateway
        status:
            conditions: []
        # the end
        """,
      isTangled: true),
    Sample(
      name: "a program's route",
      text: """
        {"apiVersion": "aigateway.envoyproxy.io/v1beta1", "kind": "AIGatewayRoute",
         "metadata": {"name": "chat", "namespace": "team-a"},
         "spec": {"parentRefs": [{"name": "gw"}],
                  "rules": [{"backendRefs": [{"name": "openai", "weight": 70}, {"name": "b"}]},
                            {"matches": [{"headers": [{"name": "x", "value": "y"}]}]}]}}

        """),
    Sample(
      name: "a route as Helm prints it",
      text: """
        ---
        # Source: gateway/templates/route.yaml
        apiVersion: aigateway.envoyproxy.io/v1beta1
        kind: AIGatewayRoute
        metadata:
          name: "chat"
          namespace: "team-a"
          labels:
            app.kubernetes.io/name: "gateway"
            helm.sh/chart: "gateway-1.2.3"

        spec:
          parentRefs:
            - name: "gw"
              kind: "Gateway"
              group: "gateway.networking.k8s.io"

          rules:
            - name: "split"

              matches:
                - headers:
                  - type: "Exact"
                    name: "x-ai-eg-model"
                    value: "gpt-4o"
              backendRefs:
                - name: "openai"
                  weight: 70

                - name: "far"
                  namespace: "shared"
                  weight: 30
        ---
        # Source: gateway/templates/grant.yaml
        apiVersion: gateway.networking.k8s.io/v1beta1
        kind: ReferenceGrant
        metadata:
          name: "allow"
          namespace: "shared"
        spec:
          from:
            - group: "aigateway.envoyproxy.io"
              kind: "AIGatewayRoute"
              namespace: "team-a"
          to:
            - group: "aigateway.envoyproxy.io"
              kind: "AIServiceBackend"

        """),
    Sample(
      name: "a route with anchors",
      text: """
        apiVersion: aigateway.envoyproxy.io/v1beta1
        kind: AIGatewayRoute
        metadata: &meta
          name: &name chat
          namespace: team-a
        spec:
          parentRefs:
          - name: gw
          rules:
          - name: *name
            backendRefs: &refs
            - {name: openai, weight: 70}
            - name: b
              weight: 30
            timeouts: &slow
              request: 120s
          - name: second
            backendRefs: *refs
            timeouts:
              <<: *slow
              backendRequest: 60s

        """,
      isTangled: true),
    Sample(
      name: "a route with values below their keys",
      text: """
        apiVersion:
          aigateway.envoyproxy.io/v1beta1
        kind:   AIGatewayRoute
        metadata:
          # the name
          name:
            chat
          namespace : team-a
        spec:
          rules:
            -
              # first
              name: split
              backendRefs:
                -
                  name: openai

                  weight:   70
                -   weight: 30
                    name: b
              timeouts: {request: 120s}
          parentRefs: [{name: gw}, {name: "second", namespace: infra}]
          hostnames: [a.example.com,
                      b.example.com]

        """),
    Sample(
      name: "a route in single quotes",
      text: """
        # chat
        'apiVersion': 'aigateway.envoyproxy.io/v1beta1'
        'kind': 'AIGatewayRoute'
        'metadata':
           'name': 'chat'
           'namespace': 'team-a'
           'annotations':
              'note': 'it''s long
                 and goes on'
        'spec':
           'hostnames':
           - 'a.example.com'   # the only one
           'parentRefs':
           - 'name': 'gw'
           'rules':
           - 'name': 'split'
             'modelsCreatedAt': '2024-05-21T10:00:00Z'
             'modelsOwnedBy': 'team'
             'backendRefs':
             - 'name': 'openai'
               'modelNameOverride': 'gpt-4o-eu'
             # nothing below
             'streamIdleTimeout': '30s'

        """),
    Sample(
      name: "a route with fields of others",
      text: """
        %YAML 1.1
        --- # the route
        apiVersion: aigateway.envoyproxy.io/v1beta1
        kind: AIGatewayRoute
        metadata:
            name: chat
            namespace: team-a
            generation: 3
            managedFields:
            - manager: kubectl
              fieldsV1: {"f:spec": {}}
            annotations:
                script: |-
                    #!/bin/sh
                    exit 0

                folded: >
                    one
                    two
        spec:
            parentRef:            # misspelt
            -   name: gw
            parentRefs:
            -   name: gw
                kind: Gateway
            llmRequestCosts:
            -   metadataKey: tokens
                type: TotalToken
            rules:
            -   name: split
                weight: 3         # no such field
                matches:
                -   headers:
                    -   {name: x-ai-eg-model, value: gpt-4o}
                    -   {name: x-team, value: "a"}
                backendRefs:
                -   name: openai
                    weight: 1_0
        status:
            conditions:
            -   type: Accepted
                status: "True"
        ...
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: other}
        data:
            key: "value"

        """,
      isTangled: true),
    Sample(
      name: "a route in one flow",
      text: """
        {apiVersion: aigateway.envoyproxy.io/v1beta1, kind: AIGatewayRoute,
         metadata: {name: chat, # the name
           namespace: team-a},
         spec: {parentRefs: [{name: gw}], rules: [
           {backendRefs: [{name: a}, {name: b}]}, # first
           {backendRefs: [{name: c}]}]}}

        """,
      isTangled: true),
    Sample(
      name: "routes in a list",
      text: """
        apiVersion: v1
        kind: List
        items:
        - apiVersion: aigateway.envoyproxy.io/v1beta1
          kind: AIGatewayRoute
          metadata:
            name: chat   # the first
            namespace: team-a
          spec:
            parentRefs:
            - name: gw
            rules:
            # the split
            - backendRefs:
              - name: openai
                weight: 70
              - name: b
        - apiVersion: gateway.envoyproxy.io/v1alpha1
          kind: BackendTrafficPolicy
          metadata: {name: retry, namespace: team-a}
          spec:
            targetSelectors:
            - {group: gateway.networking.k8s.io, kind: HTTPRoute}
            retry:
              numRetries: 3   # enough
        metadata:
          resourceVersion: ""

        """),
  ]
}
