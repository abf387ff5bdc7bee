package donepath

import (
	"errors"
	"fmt"
	"sync"
)

type stage struct {
	name string
	run  func() error
	wg   *sync.WaitGroup
	errs chan error
}

func (s *stage) finish(err error) {
	if err != nil {
		s.errs <- fmt.Errorf("%s: %w", s.name, err)
		return
	}
	s.wg.Done()
}

func (s *stage) start() {
	s.wg.Add(1)
	go func() { s.finish(s.run()) }()
}

// Build runs the stages and returns their errors.
func Build(stages map[string]func() error) error {
	var wg sync.WaitGroup
	errs := make(chan error, len(stages))
	for name, run := range stages {
		s := &stage{name, run, &wg, errs}
		s.start()
	}
	wg.Wait() // want "wg.Wait blocks for ever"
	close(errs)
	var all []error
	for err := range errs {
		all = append(all, err)
	}
	return errors.Join(all...)
}

type stageFixed struct {
	name string
	run  func() error
	wg   *sync.WaitGroup
	errs chan error
}

func (s *stageFixed) finish(err error) {
	if err != nil {
		s.errs <- fmt.Errorf("%s: %w", s.name, err)
	}
	s.wg.Done()
}

func (s *stageFixed) start() {
	s.wg.Add(1)
	go func() { s.finish(s.run()) }()
}

// BuildFixed runs the stages and returns their errors.
func BuildFixed(stages map[string]func() error) error {
	var wg sync.WaitGroup
	errs := make(chan error, len(stages))
	for name, run := range stages {
		s := &stageFixed{name, run, &wg, errs}
		s.start()
	}
	wg.Wait()
	close(errs)
	var all []error
	for err := range errs {
		all = append(all, err)
	}
	return errors.Join(all...)
}
