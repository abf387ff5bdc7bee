package main

import (
	"slices"
	"testing"
)

func TestMessages(t *testing.T) {
	at := func(file string, line, col int) position { return position{"/dir/" + file, line, col} }
	for _, test := range []struct {
		name, text string
		want       []problem
	}{
		{"compiler and vet tool say the same",
			"# example.com/c\nc/c.go:3:24: undefined: x\n# example.com/c\n# [example.com/c]\nvet: c/c.go:3:24: undefined: x\n",
			[]problem{{pos: at("c/c.go", 3, 24), message: "undefined: x"}}},
		{"continued",
			"a/z.go:2:8: no required module provides package foo.com/x; to add it:\n\tgo get foo.com/x\n",
			[]problem{{pos: at("a/z.go", 2, 8), message: "no required module provides package foo.com/x; to add it: go get foo.com/x"}}},
		{"downloads are no problem",
			"go: downloading golang.org/x/net v0.1.0\ngo: cannot find main module\n",
			[]problem{{message: "cannot find main module"}}},
		{"a crash without its stack",
			"# [example.com/c]\nfatal error: stack overflow\n\ngoroutine 1 [running]:\nmain.f()\n\t/x/main.go:3 +0x1d\nexit status 2\n# example.com/d\nd.go:1:2: bad\n",
			[]problem{{message: "example.com/c: internal error: fatal error: stack overflow"}, {pos: at("d.go", 1, 2), message: "bad"}}},
		{"a killed tool",
			"# [example.com/c]\n/bin/tool: signal: killed\n",
			[]problem{{message: "example.com/c: /bin/tool: signal: killed"}}},
		{"built with an old Go",
			"# internal/goarch\n/bin/tool: exit status 1\n# example.com/d\nvet: d.go:2:1: package requires newer Go version go1.27 (application built with go1.26)\n# example.com/e\nvet: e.go:3:8: could not import fmt (no package vetx file for \"fmt\")\n",
			[]problem{{message: "the packages require go1.27, concheck was built with go1.26: install it again with go1.27 or a newer Go"}}},
		{"nothing matches",
			"go: warning: \"x/...\" matched no packages\nno packages to vet\n",
			[]problem{{message: "no packages match x/..."}}},
	} {
		m := newMessages("/dir", "/bin/tool", []string{"x/..."})
		m.Write([]byte(test.text))
		if got := m.problems(true); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %+v, want %+v", test.name, got, test.want)
		}
		if got := m.problems(false); got != nil {
			t.Errorf("%s: got %+v although the go command succeeded", test.name, got)
		}
	}
}

func TestWants(t *testing.T) {
	l := listing{
		"p":      {path: "p"},
		"q":      {path: "q", hasTests: true},
		"r_test": {path: "r_test"},
	}
	for unit, want := range map[string]bool{
		"p":                  true,  // has no test files of its own
		"p_test [p.test]":    true,  // an external test
		"q":                  false, // contained in the next
		"q [q.test]":         true,
		"q_test [q.test]":    true,
		"other":              false, // only imported
		"p [q.test]":         false, // rebuilt for the test of q
		"other [other.test]": false,
		"r_test":             true,
	} {
		if got := l.wants(unit); got != want {
			t.Errorf("wants(%q) = %v", unit, got)
		}
	}
}
