package randprog

import (
	"testing"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// TestSkeleton checks that programs are well formed and survive their text form.
func TestSkeleton(t *testing.T) {
	for seed := range uint64(1000) {
		text := New(seed).Skeleton().String()
		q, err := skeleton.Parse(text)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
		if again := q.String(); again != text {
			t.Fatalf("seed %d: the text changes\n%s\n%s", seed, text, again)
		}
	}
}

func TestSameSeedSameProgram(t *testing.T) {
	for seed := range uint64(50) {
		first, second := New(seed).Skeleton().String(), New(seed).Skeleton().String()
		if first != second {
			t.Fatalf("seed %d gives two programs", seed)
		}
	}
}

// TestShrink looks for the smallest program that still has some close.
func TestShrink(t *testing.T) {
	closes := func(p *Program) bool { return anyStmt(p.Main, func(st Stmt) bool { return st.Kind == Close }) }
	tried := 0
	for seed := uint64(0); tried < 20; seed++ {
		p := New(seed)
		if !closes(p) {
			continue
		}
		tried++
		small := Shrink(p, closes)
		if len(small.Main) != 1 || small.Main[0].Kind != Close {
			if len(small.Main) != 1 || !returns(small.Main[0].Body) {
				t.Errorf("seed %d shrinks to %v", seed, small.Main)
			}
		}
	}
}
