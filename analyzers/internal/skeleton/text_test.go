package skeleton

import (
	"strings"
	"testing"
)

const sample = `func p.Fetch "Fetch" (n:n ctx:p) -> p recover b2 @3 {
b0:
	%2 = makechan/p 0 name="results" @12
	%3 = closure &p.Fetch$1 %2
	spawn %3 @13
	%4 = select/p #1 @11 | recv/p %2 name="results" @4 | send %1 7 @5
	%5 = elem #0 #1 %4
	%6 = bin :eq %5 -1
	branch %6 ->b1,b2
b1:
	%7 = havoc/pp :e- %2 "a b"
	%8 = call .Close &"g h" $p.mu
	return %7
b2:
	return nil
}
func p.Fetch$1 () free (ch:p) library {
b0:
	send %0 true
	return
}
type *p.T implements error "func() (int, error)" {
	Close (*p.T).Close
}
`

func TestTextRoundTrip(t *testing.T) {
	p, err := Parse(sample)
	if err != nil {
		t.Fatal(err)
	}
	if got := p.String(); got != sample {
		t.Errorf("printed text differs:\n%s", got)
	}
	f := p.Funcs["p.Fetch"]
	if f.Regs != 9 || f.Recover != 2 || f.Short != "Fetch" {
		t.Errorf("regs %d, recover %d, short %q", f.Regs, f.Recover, f.Short)
	}
}

func TestParseErrors(t *testing.T) {
	for name, text := range map[string]string{
		"no end of block":   "func f () {\nb0:\n\t%0 = copy 1\n}",
		"unknown operation": "func f () {\nb0:\n\tfly\n}",
		"unknown block":     "func f () {\nb0:\n\tjump ->b7\n}",
		"missing operand":   "func f () {\nb0:\n\tsend nil\n\treturn\n}",
		"not closed":        "func f () {\nb0:\n\treturn",
		"bad layout":        "func f (x:z) {\nb0:\n\treturn\n}",
		"open string":       "func f () {\nb0:\n\treturn \"x\n}",
		"block order":       "func f () {\nb1:\n\treturn\n}",
	} {
		if _, err := Parse(text); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(p.String())
		if err != nil {
			t.Fatalf("own text refused: %v\n%s", err, p)
		}
		if a, b := p.String(), again.String(); a != b {
			t.Fatalf("text changes:\n%s\n%s", a, b)
		}
		if strings.Contains(p.String(), "op255") {
			t.Fatal("unknown operation printed")
		}
	})
}
