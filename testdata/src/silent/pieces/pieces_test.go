package pieces

import "testing"

func TestLengths(t *testing.T) {
	if got := Lengths(); len(got) != 6 || got[1] != 15 || got[5] != 0 {
		t.Errorf("got %v", got)
	}
}

func TestSplit(t *testing.T) {
	if got := Split(); len(got) != 48 {
		t.Errorf("got %d", len(got))
	}
}
