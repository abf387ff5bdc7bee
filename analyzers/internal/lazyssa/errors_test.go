package lazyssa

import (
	"go/types"
	"testing"
)

func TestErrors(t *testing.T) {
	fm := form(t, `package p

import (
	"errors"
	"fmt"
)

type e struct{ text string }

func (e *e) Error() string { return e.text }

func (e *e) Add(n int, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%d: %w", n, err)
}

func made(text string) error { return &e{text} }

var (
	declared  = errors.New
	wrapping  = wraps
	replaced  = errors.New
	pointedAt = made
	viaVar    = func() error { return nil }
)

func replace() { replaced, _ = nil, &pointedAt }

func byVar(text string) error { return declared(text) }

func called() error { return made("a") }

func std(text string) error {
	if text == "" {
		return errors.New("empty")
	}
	return fmt.Errorf("not %s", text)
}

func byType(n int) error {
	switch n {
	case 1:
		return made("1")
	}
	panic("not 1")
}

func pointer() error {
	var p *e
	return p
}

func converted() error {
	err := error(&e{})
	return wraps(err, "a")
}

func wraps(err error, text string) error {
	if err == nil {
		return nil
	}
	err = &e{text + err.Error()}
	return err
}

func wrapsElse(text string, err error) error {
	if err != nil {
		return wraps(err, text)
	}
	return nil
}

func passes(err error) error {
	if err != nil {
		println(err.Error())
	}
	return err
}

func kept(err error) error {
	cause := err
	if cause == nil {
		return nil
	}
	var list []error
	for range 3 {
		list = append(list, err)
	}
	return made(list[0].Error())
}

func notAll(err error, is bool) error {
	if is {
		err = made("is")
		return err
	}
	return err
}

func looped(errs []error) error {
	err := made("none")
	for _, e := range errs {
		err = e
	}
	return err
}

func captured() error {
	err := made("a")
	func() { err = nil }()
	return err
}

func mayBe(is bool) error {
	if is {
		return made("is")
	}
	return nil
}

func named() (err error) {
	defer func() { err = nil }()
	return made("a")
}

func swallows(err error) error {
	if err == errors.ErrUnsupported {
		return nil
	}
	return err
}

func circle(n int) error { return square(n) }

func square(n int) error { return circle(n) }

func value[E error](err E) error { return err }

func two() (int, error) { return 0, made("a") }
`)
	pkg := fm.Package().Pkg
	for name, want := range map[string]string{
		"made": "error", "called": "error", "std": "error", "byType": "error", "pointer": "error", "converted": "error",
		"wraps": "error of 0", "wrapsElse": "error of 1", "passes": "error of 0", "kept": "error of 0", "Add": "error of 1",
		"declared": "error", "wrapping": "error of 0", "byVar": "error", "replaced": "", "pointedAt": "", "viaVar": "",
		"notAll": "", "looped": "", "captured": "", "mayBe": "", "named": "", "swallows": "", "circle": "", "square": "", "value": "", "two": "",
	} {
		obj := pkg.Scope().Lookup(name)
		if name == "Add" {
			obj, _, _ = types.LookupFieldOrMethod(types.NewPointer(pkg.Scope().Lookup("e").Type()), true, pkg, name)
		}
		got := ""
		if made := fm.Errors(obj); made != nil {
			got = made.String()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
