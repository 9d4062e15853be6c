package archive

import (
	"context"
	"fmt"
	"runtime"
	"sync"
)

// AppendAll stores captures as Append does, in their order and in one commit:
// all of them, or after an error none. A crash may leave those that brought a
// body, and not the others. It is for who has many at hand, such as an import; the
// memory that it takes is theirs twice.
//
// They are packed side by side: one whose page comes up a second time in the
// list is not packed as a change of the one before it.
func (s *Store) AppendAll(ctx context.Context, list []Capture) ([]Capture, error) {
	if len(list) == 0 {
		return nil, nil
	}
	j := &job{plans: make([]*plan, len(list)), done: make(chan error, 1)}
	for i := range list {
		c := list[i]
		if err := s.prepare(&c); err != nil {
			return nil, err
		}
		j.plans[i] = &plan{storedCapture: storedCapture{Capture: c}}
	}
	if err := s.planAll(j.plans); err != nil {
		return nil, err
	}
	if err := s.submit(ctx, j); err != nil {
		return nil, fmt.Errorf("append %d captures: %w", len(list), err)
	}
	if j.err != nil {
		return nil, fmt.Errorf("append %d captures: %w", len(list), j.err)
	}
	kept := make([]Capture, len(list))
	for i, p := range j.plans {
		s.training.hear(p)
		kept[i] = p.Capture
	}
	return kept, nil
}

// planAll plans on all cores.
func (s *Store) planAll(plans []*plan) error {
	errs := make([]error, len(plans))
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(plans)) {
		wg.Go(func() {
			for i := range next {
				errs[i] = s.View(func(tx *Tx) (err error) {
					plans[i], err = tx.plan(plans[i].Capture)
					return err
				})
			}
		})
	}
	for i := range plans {
		next <- i
	}
	close(next)
	wg.Wait()
	for i, err := range errs {
		if err != nil {
			return fmt.Errorf("append capture %d of %d: %w", i+1, len(errs), err)
		}
	}
	return nil
}
