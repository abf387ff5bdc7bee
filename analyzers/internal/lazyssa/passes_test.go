package lazyssa

import (
	"fmt"
	"go/types"
	"testing"
)

func TestPasses(t *testing.T) {
	fm := form(t, `package p

import (
	"os"
	"testing"
)

func noError(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func isTrue(ok bool, about ...any) {
	if !ok {
		panic(about)
	}
}

func equal[T comparable](t *testing.T, a, b T) {
	if a == b {
		return
	}
	t.Log(a, b)
	t.FailNow()
}

func both(t *testing.T, err error, n int) {
	noError(t, err)
	if err == nil && n < 3 || n == 7 {
		os.Exit(n)
	}
}

func turned(t *testing.T, n, m int, no bool) { equal(t, m, n); isTrue(!no); equal(t, 3, n) }

type suite struct{}

func (s *suite) ok(ok bool) { isTrue(ok == true) }

func (s *suite) fine(ok bool) { s.ok(ok) }

func assigned(err error) {
	err = os.Chdir(".")
	isTrue(err == nil)
	noError(nil, err)
}

func later(t *testing.T, err error) bool {
	if t.Failed() {
		return false
	}
	noError(t, err)
	return true
}

func marks(t *testing.T, err error) {
	if err != nil {
		t.Error(err)
	}
}

func recovers(ok bool) {
	defer func() { recover() }()
	isTrue(ok)
	if !ok {
		panic(ok)
	}
}

func loops(ok bool) {
again:
	if !ok {
		if os.Chdir(".") != nil {
			goto again
		}
		panic(ok)
	}
}

func circle(ok bool) { square(ok) }

func square(ok bool) { circle(ok); isTrue(ok) }
`)
	pkg := fm.Package().Pkg
	for name, want := range map[string]string{
		"noError": "[{1 nil 0 true}]", "isTrue": "[{0 true 0 true}]", "equal": "[{1  2 true}]",
		"both": "[{1 nil 0 true} {2 7 0 false}]", "turned": "[{2  1 true} {3 true 0 false} {1 3 0 true}]",
		"assigned": "[]", "later": "[]", "marks": "[]", "loops": "[]", "recovers": "[]",
		"circle": "[{0 true 0 true}]", "square": "[{0 true 0 true}]",
	} {
		if got := fmt.Sprint(fm.Passes(pkg.Scope().Lookup(name).(*types.Func))); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	suite := pkg.Scope().Lookup("suite").Type().(*types.Named)
	for m := range suite.Methods() {
		if got := fmt.Sprint(fm.Passes(m)); got != "[{1 true 0 true}]" {
			t.Errorf("%s: %s", m.Name(), got)
		}
	}
}
