package skeleton

import (
	"bytes"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// lines has positions that are lines: below 100 of a.go, others of b.go.
func lines(p Pos) (string, int) {
	if p < 100 {
		return "a.go", int(p)
	}
	return "b.go", int(p)
}

func contents(t testing.TB) *Contents {
	p, err := Parse(sample)
	if err != nil {
		t.Fatal(err)
	}
	c := &Contents{
		Exports:    []Export{{"p.Unknown", Unknown}, {"p.Fetch", Acts | Makes}},
		Types:      []Shape{{Tag: "*p.T", Methods: []Method{{"Close", "func() error", "(*p.T).Close"}, {"Name", "func() string", ""}}}},
		Interfaces: []Shape{{Tag: "io.Closer", Methods: []Method{{"Close", "func() error", ""}}}},
	}
	for _, f := range p.Funcs {
		c.Funcs = append(c.Funcs, f)
	}
	for i, n := range []int64{0, 1, -1, 63, -64, 1 << 40, math.MaxInt64, math.MinInt64} {
		c.Funcs = append(c.Funcs, &Func{
			Name: "p.Int" + string(rune('a'+i)), Recover: -1,
			Blocks: [][]Instr{{{Op: Return, Dst: NoReg, Args: []Arg{Int(n), Nil(), Bool(true), Str(""), Global("p.mu")}}}},
		})
	}
	return c
}

func TestArchiveRoundTrip(t *testing.T) {
	c := contents(t)
	data := c.Encode(lines)
	a, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	if a.Exports()["p.Fetch"] != Acts|Makes || a.Exports()["p.Unknown"] != Unknown || len(a.Exports()) != 2 {
		t.Errorf("exports: %v", a.Exports())
	}
	if diff := cmp.Diff(c.Types, a.Types); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(c.Interfaces, a.Interfaces); diff != "" {
		t.Error(diff)
	}
	if len(a.Names()) != len(c.Funcs) {
		t.Errorf("functions: %v", a.Names())
	}
	for _, want := range c.Funcs {
		got, err := a.Func(want.Name, func(file string, line int) Pos {
			if file != "a.go" {
				t.Errorf("line %d is in %s", line, file)
			}
			return Pos(line)
		})
		if err != nil {
			t.Fatal(err)
		}
		if want.Pos == 0 {
			continue // no file, no lines
		}
		if got.String() != want.String() {
			t.Errorf("%s is\n%s not\n%s", want.Name, got, want)
		}
	}
	if f, err := a.Func("p.Absent", nil); f != nil || err != nil {
		t.Errorf("an absent function: %v, %v", f, err)
	}
}

func TestArchiveIntegers(t *testing.T) {
	a, err := Open(contents(t).Encode(lines))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int64{"p.Inta": 0, "p.Intb": 1, "p.Intc": -1, "p.Intd": 63, "p.Inte": -64, "p.Intf": 1 << 40} {
		f, err := a.Func(name, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Blocks[0][0].Args[0].N; got != want {
			t.Errorf("%s is %d, not %d", name, got, want)
		}
	}
	for name, positive := range map[string]bool{"p.Intg": true, "p.Inth": false} {
		f, err := a.Func(name, nil)
		if err != nil {
			t.Fatal(err)
		}
		if n := f.Blocks[0][0].Args[0].N; n > 1<<50 != positive || n < -1<<50 == positive {
			t.Errorf("%s is %d", name, n)
		}
	}
}

func TestArchiveIsDeterministic(t *testing.T) {
	first := contents(t).Encode(lines)
	for range 20 { // the functions come in the order of a map
		if !bytes.Equal(first, contents(t).Encode(lines)) {
			t.Fatal("equal contents, other bytes")
		}
	}
}

func TestArchiveRefusesDamage(t *testing.T) {
	data := contents(t).Encode(lines)
	for i := range data {
		if a, err := Open(data[:i]); err == nil {
			t.Fatalf("%d bytes of %d are an archive with %v", i, len(data), a.Names())
		}
	}
	data[0]++
	if _, err := Open(data); err == nil {
		t.Error("an archive of another version is read")
	}
	if _, err := Open(append(contents(t).Encode(lines), 0)); err == nil {
		t.Error("bytes behind the end are not seen")
	}
}

func TestImplements(t *testing.T) {
	c := contents(t)
	if !c.Types[0].Implements(&c.Interfaces[0]) {
		t.Error("a type with Close is no io.Closer")
	}
	for _, m := range []Method{{"Close", "func()", ""}, {"Open", "func() error", ""}} {
		if c.Types[0].Implements(&Shape{Methods: []Method{m}}) {
			t.Errorf("implements %v", m)
		}
	}
}

// FuzzArchive reads all of what may be damaged: errors are fine, panics are not,
// and what can be read is well-formed.
func FuzzArchive(f *testing.F) {
	f.Add(contents(f).Encode(lines))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := Open(data)
		if err != nil {
			return
		}
		for _, name := range a.Names() {
			fn, err := a.Func(name, func(string, int) Pos { return 1 })
			if err == nil && fn.Check() != nil {
				t.Errorf("%s: %v", name, fn.Check())
			}
		}
	})
}
