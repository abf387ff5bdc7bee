package main

import "testing"

func TestDecided(t *testing.T) {
	v := &vetted{variants: map[string]bool{"q [q.test]": true, "r_test [r.test]": true}}
	for unit, want := range map[string]struct{ wanted, known bool }{
		"p":               {false, false}, // without tests, or only imported
		"q":               {false, true},  // contained in the next
		"q [q.test]":      {true, true},
		"r":               {true, true}, // all of its tests are external
		"r_test [r.test]": {true, true},
		"p [q.test]":      {false, true}, // rebuilt for the test of q
		"s [s.test]":      {true, true},  // analysed by checks that leave no trace
	} {
		if wanted, known := v.decided(unit); wanted != want.wanted || known != want.known {
			t.Errorf("decided(%q) = %v, %v", unit, wanted, known)
		}
	}
	for unit, want := range map[string]bool{"q": true, "r": false, "p": false} {
		if got := (&vetted{variants: v.variants, skipped: []string{unit}}).settled(); got != want {
			t.Errorf("settled with %q skipped: %v", unit, got)
		}
	}
}

func TestModulePath(t *testing.T) {
	for text, want := range map[string]string{
		"module example.com/m\n":                              "example.com/m",
		"// a comment\n\nmodule \"std\" // quoted\ngo 1.26\n": "std",
		"go 1.26\n": "",
	} {
		if got := modulePath([]byte(text)); got != want {
			t.Errorf("modulePath(%q) = %q", text, got)
		}
	}
}
