package crosspkg

import (
	"errors"
	"time"

	"example.com/corpus/goroutineleak/crosspkg/gauge"
	"example.com/corpus/goroutineleak/crosspkg/probe"
)

// Sample reads a measure while the steps run.
func Sample(read func() float64, steps []string, run func(string) error) (float64, error) {
	g := gauge.Start(read, time.Second) // want "gauge.Start starts never ends.*: Close would end it"
	for _, s := range steps {
		if err := run(s); err != nil {
			return 0, err
		}
	}
	if err := g.Close(); err != nil {
		return 0, err
	}
	return g.Last(), nil
}

// SampleFixed reads a measure while the steps run.
func SampleFixed(read func() float64, steps []string, run func(string) error) (float64, error) {
	g := gauge.Start(read, time.Second)
	defer g.Close()
	for _, s := range steps {
		if err := run(s); err != nil {
			return 0, err
		}
	}
	return g.Last(), nil
}

var errTooSlow = errors.New("too slow")

// Check looks at the rate of a host for some time.
func Check(host string, rate func() float64, least float64) error {
	p := probe.New(host, rate) // want "probe.New starts never ends.*: Close would end it"
	time.Sleep(time.Minute)
	if p.Rate() < least {
		return errTooSlow
	}
	return p.Close()
}

// CheckFixed looks at the rate of a host for some time.
func CheckFixed(host string, rate func() float64, least float64) error {
	p := probe.New(host, rate)
	time.Sleep(time.Minute)
	if p.Rate() < least {
		p.Close()
		return errTooSlow
	}
	return p.Close()
}

// Measure records what is measured, and stops at the first error.
func Measure(tell func(float64), steps []string, run func(string) error) error {
	r, err := gauge.Record(gauge.Options{OnValue: tell}) // want "gauge.Record starts never ends.*: Close would end it"
	if err != nil {
		return err
	}
	stop := r.Close
	for i, s := range steps {
		if err := run(s); err != nil {
			return err
		}
		r.Put(float64(i))
	}
	stop()
	return nil
}

// MeasureFixed records what is measured, and stops at the first error.
func MeasureFixed(tell func(float64), steps []string, run func(string) error) error {
	r, err := gauge.Record(gauge.Options{OnValue: tell})
	if err != nil {
		return err
	}
	stop := r.Close
	defer stop()
	for i, s := range steps {
		if err := run(s); err != nil {
			return err
		}
		r.Put(float64(i))
	}
	return nil
}
