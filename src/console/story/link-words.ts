export const say = {
  storyOf: (name: string) => (name === '' ? 'Its story' : `Story of ${name}`),
};
