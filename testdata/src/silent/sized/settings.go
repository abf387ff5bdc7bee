package sized

import (
	"context"
	"slices"
	"sync"
)

// Settings say how much is to be done at a time.
type Settings struct{ Workers int }

type settingsKey struct{}

// With has functions that are passed the context go by settings.
func With(ctx context.Context, s *Settings) context.Context {
	return context.WithValue(ctx, settingsKey{}, s)
}

func settings(ctx context.Context) *Settings {
	if s, ok := ctx.Value(settingsKey{}).(*Settings); ok {
		return s
	}
	return &Settings{Workers: 4}
}

// Visit has visit called for the names, by as many as the settings say.
func Visit(ctx context.Context, names []string, visit func(string)) {
	s := settings(ctx)
	todo := make(chan string)
	var wg sync.WaitGroup
	for i := 0; i < s.Workers; i++ {
		wg.Go(func() {
			for name := range todo {
				visit(name)
			}
		})
	}
	for _, name := range names {
		todo <- name
	}
	close(todo)
	wg.Wait()
}

// VisitLevels has visit called for the names, the last level first.
func VisitLevels(ctx context.Context, levels [][]string, visit func(string)) {
	s := settings(ctx)
	for _, names := range slices.Backward(levels) {
		room := make(chan struct{}, s.Workers)
		var wg sync.WaitGroup
		for _, name := range names {
			room <- struct{}{}
			wg.Go(func() {
				defer func() { <-room }()
				visit(name)
			})
		}
		wg.Wait()
	}
}

// A Walker goes by the settings of the context that it was made with.
type Walker struct {
	settings *Settings
	names    []string
}

// NewWalker returns a walker over some names.
func NewWalker(ctx context.Context, names ...string) *Walker {
	return &Walker{settings: settings(ctx), names: names}
}

// Walk has visit called for the names.
func (w *Walker) Walk(visit func(string)) {
	room := make(chan struct{}, w.settings.Workers)
	var wg sync.WaitGroup
	for _, name := range w.names {
		room <- struct{}{}
		wg.Go(func() {
			defer func() { <-room }()
			visit(name)
		})
	}
	wg.Wait()
}
