package library

import (
	"testing"
)

func TestModelsParse(t *testing.T) {
	for path, p := range modelled() {
		p.once.Do(p.index)
		for name := range p.text {
			f := Func(name)
			if f == nil {
				t.Errorf("%s: %s is not found by its name", path, name)
				continue
			}
			if err := f.Check(); err != nil {
				t.Error(err)
			}
		}
		for name, model := range p.like {
			if Func(name) == nil {
				t.Errorf("%s: %s is like %s, which does not exist", path, name, model)
			}
		}
	}
	if len(Types()) == 0 {
		t.Error("no types")
	}
}

// What a package pays that uses one function of a package with models, in a
// process that has not asked before; and what all pay for functions without any.
func BenchmarkFunc(b *testing.B) {
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			p := &pkg{file: "models/context.skel"}
			if p.fn("context.WithCancel") == nil {
				b.Fatal("no model")
			}
		}
	})
	b.Run("none", func(b *testing.B) {
		for b.Loop() {
			if Func("(*example.com/m/p.T).Method") != nil {
				b.Fatal("a model")
			}
		}
	})
}
