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
