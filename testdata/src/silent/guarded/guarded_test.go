package guarded

import (
	"sync"
	"testing"
)

func TestEach(t *testing.T) {
	for i, v := range Each() {
		if v == nil {
			t.Errorf("function %d does not panic", i)
		}
	}
}

func wantPanic(t *testing.T, f func()) {
	t.Helper()
	if Caught(f) == nil {
		t.Error("no panic")
	}
}

func TestCounter(t *testing.T) {
	wantPanic(t, func() {
		var wg sync.WaitGroup
		wg.Done()
	})
}
