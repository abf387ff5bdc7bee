package earlyreturn

import (
	"fmt"
	"io"
	"log/slog"
)

// Renderer composes a page of fragments.
type Renderer struct {
	Header func(path string) (string, error)
	Body   func(path string) (string, error)
	Log    *slog.Logger
}

// Page renders header and body side by side.
func (r *Renderer) Page(w io.Writer, path string) error {
	body := make(chan string)
	failed := make(chan error, 1)
	go func() {
		text, err := r.Body(path)
		if err != nil {
			failed <- err
			return
		}
		body <- text // want "send on body blocks for ever"
	}()

	header, err := r.Header(path)
	if err != nil {
		if r.Log != nil {
			r.Log.Warn("header", "path", path, "err", err)
		}
		return fmt.Errorf("render %s: %w", path, err)
	}
	select {
	case text := <-body:
		_, err = io.WriteString(w, header+text)
		return err
	case err := <-failed:
		return fmt.Errorf("render %s: %w", path, err)
	}
}

// RendererFixed composes a page of fragments.
type RendererFixed struct {
	Header func(path string) (string, error)
	Body   func(path string) (string, error)
	Log    *slog.Logger
}

// Page renders header and body side by side.
func (r *RendererFixed) Page(w io.Writer, path string) error {
	body := make(chan string, 1)
	failed := make(chan error, 1)
	go func() {
		text, err := r.Body(path)
		if err != nil {
			failed <- err
			return
		}
		body <- text
	}()

	header, err := r.Header(path)
	if err != nil {
		if r.Log != nil {
			r.Log.Warn("header", "path", path, "err", err)
		}
		return fmt.Errorf("render %s: %w", path, err)
	}
	select {
	case text := <-body:
		_, err = io.WriteString(w, header+text)
		return err
	case err := <-failed:
		return fmt.Errorf("render %s: %w", path, err)
	}
}
